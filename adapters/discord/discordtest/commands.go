package discordtest

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"unicode/utf8"
)

func (s *Server) routeCommands(api *http.ServeMux) {
	at := "/applications/{application}/commands"
	own := func(f http.HandlerFunc) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if r.PathValue("application") != s.Application {
				refuse(http.StatusForbidden, 20012, "You are not authorized to perform this action on this application").write(w)
				return
			}
			f(w, r)
		}
	}
	api.HandleFunc("GET "+at, own(func(w http.ResponseWriter, _ *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		reply(w, http.StatusOK, append([]map[string]any{}, s.commands...))
	}))
	api.HandleFunc("PUT "+at, own(s.overwrite))
}

func (s *Server) overwrite(w http.ResponseWriter, r *http.Request) {
	var all []map[string]any
	if _, no := decoded(r, &all); no != nil {
		no.write(w)
		return
	}
	counts := map[float64]int{}
	for i, c := range all {
		kind, _ := c["type"].(float64)
		if kind == 0 {
			kind = 1
			c["type"] = kind
		}
		counts[kind]++
		if no := checkCommand(strconv.Itoa(i), c, kind); no != nil {
			no.write(w)
			return
		}
	}
	if counts[1] > 100 || counts[2] > 15 || counts[3] > 15 {
		refuse(http.StatusBadRequest, 30032, "Maximum number of application commands reached").write(w)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range all {
		c["id"], c["application_id"], c["version"] = s.snowflake(), s.Application, s.snowflake()
		for k, v := range map[string]any{"default_member_permissions": nil, "dm_permission": true, "nsfw": false, "contexts": nil, "integration_types": []any{0.0}, "description": ""} {
			if _, ok := c[k]; !ok {
				c[k] = v
			}
		}
	}
	s.commands = all
	s.registered++
	s.change()
	reply(w, http.StatusOK, all)
}

var commandName = regexp.MustCompile(`^[-_'\p{L}\p{N}]{1,32}$`)

func checkCommand(at string, c map[string]any, kind float64) *refusal {
	name, _ := c["name"].(string)
	if kind != 1 {
		about, _ := c["description"].(string)
		switch options, _ := c["options"].([]any); {
		case utf8.RuneCountInString(name) < 1 || utf8.RuneCountInString(name) > 32:
			return wrong(at+".name", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 32 in length.")
		case about != "" || len(options) > 0:
			return wrong(at+".description", "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_INVALID", "Context menu commands cannot have description or options")
		}
		return nil
	}
	total, no := checkOption(at, c)
	if no == nil && total > 8000 {
		no = wrong(at, "APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size (8000)")
	}
	return no
}

// checkOption checks a command, a subcommand or an option, and counts its letters.
func checkOption(at string, c map[string]any) (total int, no *refusal) {
	name, _ := c["name"].(string)
	about, _ := c["description"].(string)
	options, _ := c["options"].([]any)
	choices, _ := c["choices"].([]any)
	switch n := utf8.RuneCountInString(about); {
	case !commandName.MatchString(name) || slices.ContainsFunc([]rune(name), func(r rune) bool { return r >= 'A' && r <= 'Z' }):
		return 0, wrong(at+".name", "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
	case n < 1 || n > 100:
		return 0, wrong(at+".description", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")
	case len(options) > 25 || len(choices) > 25:
		return 0, wrong(at+".options", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
	case c["autocomplete"] == true && len(choices) > 0:
		return 0, wrong(at+".autocomplete", "APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES", "Autocomplete options may not have choices.")
	}
	total = utf8.RuneCountInString(name + about)
	seen, optional := map[any]bool{}, false
	for i, v := range options {
		o, _ := v.(map[string]any)
		inside := fmt.Sprintf("%s.options.%d", at, i)
		kind, _ := o["type"].(float64)
		required, _ := o["required"].(bool)
		switch {
		case seen[o["name"]]:
			return 0, wrong(inside+".name", "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATE", "Option names must be unique")
		case kind < 1 || kind > 11:
			return 0, wrong(inside+".type", "BASE_TYPE_CHOICES", "Value must be one of the option types.")
		case required && optional:
			return 0, wrong(inside+".required", "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", "Required options must be placed before non-required options")
		}
		optional = optional || !required && kind > 2
		seen[o["name"]] = true
		n, no := checkOption(inside, o)
		if no != nil {
			return 0, no
		}
		total += n
	}
	return total, nil
}

// Commands gives what is registered, as the service gives it back.
func (s *Server) Commands() []map[string]any {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.commands)
}

// Registrations says how many requests have changed what is registered.
func (s *Server) Registrations() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.registered
}
