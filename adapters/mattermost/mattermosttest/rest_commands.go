package mattermosttest

import (
	"encoding/json"
	"net/http"
	"strings"
)

// Command is a slash command.
type Command struct {
	ID           string `json:"id"`
	Token        string `json:"token"`
	CreatorID    string `json:"creator_id"`
	TeamID       string `json:"team_id"`
	Trigger      string `json:"trigger"`
	Method       string `json:"method"`
	URL          string `json:"url"`
	AutoComplete bool   `json:"auto_complete"`
	Desc         string `json:"auto_complete_desc"`
	Hint         string `json:"auto_complete_hint"`
	DisplayName  string `json:"display_name"`
	CreateAt     int64  `json:"create_at"`
	UpdateAt     int64  `json:"update_at"`
}

// AddCommand makes a slash command by hand, as an administrator does, and gives its token.
func (s *Server) AddCommand(team, trigger, url string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := &Command{ID: s.id(), Token: s.id(), CreatorID: "administratoradministrator", TeamID: team, Trigger: trigger, Method: "P", URL: url}
	s.commands[c.ID] = c
	return c.Token
}

// Commands gives the slash commands of a team.
func (s *Server) Commands(team string) (found []Command) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.commands {
		if c.TeamID == team {
			found = append(found, *c)
		}
	}
	return found
}

func (s *Server) getCommands(r *http.Request) (int, any) {
	team := s.team(r.URL.Query().Get("team_id"))
	if s.opt.NoCommands || team == nil || !team.members[s.self.ID] {
		return forbidden()
	}
	found := []any{}
	for _, c := range s.commands {
		if c.TeamID == team.ID {
			found = append(found, c)
		}
	}
	return 200, found
}

func (s *Server) createCommand(r *http.Request) (int, any) {
	var c Command
	if !decode(r, &c) {
		return no(400, "api.context.invalid_body_param.app_error")
	}
	if s.opt.NoCommands {
		return forbidden()
	}
	if no := s.checkCommand(&c, ""); no != nil {
		return no.Status, no
	}
	s.registrations++
	c.ID, c.Token, c.CreatorID, c.CreateAt = s.id(), s.id(), s.self.ID, s.now()
	c.UpdateAt = c.CreateAt
	s.commands[c.ID] = &c
	return 201, c
}

func (s *Server) updateCommand(r *http.Request) (int, any) {
	var c Command
	have := s.commands[r.PathValue("id")]
	switch {
	case !decode(r, &c) || c.ID != r.PathValue("id"):
		return no(400, "api.context.invalid_body_param.app_error")
	case s.opt.NoCommands:
		return forbidden()
	case have == nil || have.TeamID != c.TeamID:
		return no(404, "store.sql_command.get.missing.app_error")
	}
	if no := s.checkCommand(&c, c.ID); no != nil {
		return no.Status, no
	}
	s.registrations++
	c.Token, c.CreatorID, c.CreateAt, c.UpdateAt = have.Token, have.CreatorID, have.CreateAt, s.now()
	s.commands[c.ID] = &c
	return 200, c
}

func (s *Server) checkCommand(c *Command, id string) *refusal {
	for _, other := range s.commands {
		if other.TeamID == c.TeamID && other.Trigger == c.Trigger && other.ID != id {
			return refused(400, "api.command.duplicate_trigger.app_error")
		}
	}
	switch {
	case s.team(c.TeamID) == nil:
		return refused(403, "api.context.permissions.app_error")
	case c.Trigger == "" || len(c.Trigger) > 128 || strings.ContainsAny(c.Trigger, "/ "):
		return refused(400, "model.command.is_valid.trigger.app_error")
	case c.Method != "P" && c.Method != "G":
		return refused(400, "model.command.is_valid.method.app_error")
	case !strings.HasPrefix(c.URL, "http") || len(c.URL) > 1024:
		return refused(400, "model.command.is_valid.url_http.app_error")
	case len(c.Desc) > 1024 || len(c.Hint) > 1024 || len(c.DisplayName) > 64:
		return refused(400, "model.command.is_valid.display_name.app_error")
	}
	return nil
}

// Dialog is a dialog as a person sees it.
type Dialog struct {
	User, Channel, Team, URL string
	CallbackID               string    `json:"callback_id"`
	Title                    string    `json:"title"`
	Introduction             string    `json:"introduction_text"`
	Elements                 []Element `json:"elements"`
	Submit                   string    `json:"submit_label"`
	State                    string    `json:"state"`
	NotifyOnCancel           bool      `json:"notify_on_cancel"`
}

// Element is one question of a dialog.
type Element struct {
	DisplayName string `json:"display_name"`
	Name        string `json:"name"`
	Type        string `json:"type"`
	Default     string `json:"default"`
	HelpText    string `json:"help_text"`
	Placeholder string `json:"placeholder"`
	Optional    bool   `json:"optional"`
	MinLength   int    `json:"min_length"`
	MaxLength   int    `json:"max_length"`
	Options     []struct {
		Text  string `json:"text"`
		Value string `json:"value"`
	} `json:"options"`
}

// openDialog shows a dialog to whom the trigger belongs. It needs no token; one that is wrong is refused all the same.
func (s *Server) openDialog(r *http.Request) (int, any) {
	var open struct {
		Trigger string          `json:"trigger_id"`
		URL     string          `json:"url"`
		Dialog  json.RawMessage `json:"dialog"`
	}
	if !decode(r, &open) || open.URL == "" {
		return no(400, "api.context.invalid_body_param.app_error")
	}
	if r := s.faults.dialog; r != nil {
		s.faults.dialog = nil
		return r.Status, r
	}
	t, ok := s.triggers[open.Trigger]
	if !ok {
		return no(400, "interactive_message.decode_trigger_id.base64_decode_failed")
	}
	if s.opt.Now().UnixMilli() > t.until {
		return no(400, "interactive_message.decode_trigger_id.expired")
	}
	d := Dialog{User: t.user, Channel: t.channel, Team: t.team, URL: open.URL}
	if json.Unmarshal(open.Dialog, &d) != nil || !d.valid() {
		return no(400, "app.open_interactive_dialog.validation.app_error")
	}
	s.dialogs = append(s.dialogs, d)
	return 200, map[string]string{"status": "OK"}
}

// valid checks the limits, which are in bytes.
func (d Dialog) valid() bool {
	names := map[string]bool{}
	for _, e := range d.Elements {
		limit := map[string]int{"text": 150, "textarea": 3000, "select": 3000}[e.Type]
		switch {
		case names[e.Name], e.Name == "" || len(e.Name) > 300, e.DisplayName == "" || len(e.DisplayName) > 24, len(e.HelpText) > 150:
			return false
		case limit == 0, len(e.Default) > limit, e.MaxLength > limit, e.MinLength > e.MaxLength, e.Type == "select" && len(e.Options) == 0:
			return false
		}
		names[e.Name] = true
	}
	return d.Title != "" && len(d.Title) <= 24 && len(d.Elements) <= 5 && len(d.Submit) <= 24
}

// RefuseDialog answers the next request for a dialog with an error of this name and message.
func (s *Server) RefuseDialog(id, message string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.dialog = refused(http.StatusBadRequest, id)
	s.faults.dialog.Message = message
}

// Dialogs gives the dialogs that were shown to somebody, the latest last.
func (s *Server) Dialogs(user string) (found []Dialog) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, d := range s.dialogs {
		if d.User == user {
			found = append(found, d)
		}
	}
	return found
}

// Registrations tells how often the bot has changed commands.
func (s *Server) Registrations() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.registrations
}
