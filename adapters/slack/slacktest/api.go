package slacktest

import (
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// call is one request to a method of the Web API.
type call struct {
	s      *Server
	method string
	args   url.Values
	posted bool // it put a message somewhere
}

func (c *call) arg(name string) string { return c.args.Get(name) }

// yes reads a boolean argument.
func (c *call) yes(name string) bool { v := c.arg(name); return v == "true" || v == "1" }

// object is an answer.
type object = map[string]any

func no(name string) object { return object{"ok": false, "error": name} }

// endpoint is a method: which token it wants, which scopes (one of each set), and what it does.
type endpoint struct {
	app    bool // it wants the app-level token
	scopes []string
	needs  []string // arguments
	do     func(*call) object
	posts  bool // FailNext and LoseNextReply are for it
	read   bool // it may be called with GET
}

func endpoints() map[string]endpoint {
	history := []string{"channels:history", "groups:history", "im:history"}
	lists := []string{"channels:read", "groups:read", "im:read"}
	return map[string]endpoint{
		"auth.test":                    {do: (*call).authTest, read: true},
		"apps.connections.open":        {app: true, scopes: []string{"connections:write"}, do: func(c *call) object { return c.s.openConnection() }},
		"bots.info":                    {scopes: []string{"users:read"}, do: (*call).botsInfo, read: true},
		"chat.postMessage":             {scopes: []string{"chat:write"}, needs: []string{"channel"}, do: (*call).postMessage, posts: true},
		"chat.postEphemeral":           {scopes: []string{"chat:write"}, needs: []string{"channel", "user"}, do: (*call).postEphemeral, posts: true},
		"chat.update":                  {scopes: []string{"chat:write"}, needs: []string{"channel", "ts"}, do: (*call).update},
		"chat.delete":                  {scopes: []string{"chat:write"}, needs: []string{"channel", "ts"}, do: (*call).remove},
		"chat.getPermalink":            {needs: []string{"channel", "message_ts"}, do: (*call).permalink, read: true},
		"reactions.add":                {scopes: []string{"reactions:write"}, needs: []string{"channel", "timestamp", "name"}, do: (*call).react},
		"reactions.remove":             {scopes: []string{"reactions:write"}, needs: []string{"channel", "timestamp", "name"}, do: (*call).react},
		"conversations.history":        {scopes: history, needs: []string{"channel"}, do: (*call).history, read: true},
		"conversations.replies":        {scopes: history, needs: []string{"channel", "ts"}, do: (*call).replies, read: true},
		"conversations.info":           {scopes: lists, needs: []string{"channel"}, do: (*call).conversationInfo, read: true},
		"conversations.members":        {scopes: lists, needs: []string{"channel"}, do: (*call).members, read: true},
		"conversations.open":           {scopes: []string{"im:write"}, needs: []string{"users"}, do: (*call).openDirect},
		"users.conversations":          {scopes: lists, do: (*call).conversations, read: true},
		"users.info":                   {scopes: []string{"users:read"}, needs: []string{"user"}, do: (*call).userInfo, read: true},
		"users.list":                   {scopes: []string{"users:read"}, do: (*call).users, read: true},
		"users.lookupByEmail":          {scopes: []string{"users:read.email"}, needs: []string{"email"}, do: (*call).byEmail, read: true},
		"usergroups.list":              {scopes: []string{"usergroups:read"}, do: (*call).usergroups, read: true},
		"usergroups.users.list":        {scopes: []string{"usergroups:read"}, needs: []string{"usergroup"}, do: (*call).groupUsers, read: true},
		"files.getUploadURLExternal":   {scopes: []string{"files:write"}, needs: []string{"filename", "length"}, do: (*call).uploadURL, read: true},
		"files.completeUploadExternal": {scopes: []string{"files:write"}, needs: []string{"files"}, do: (*call).completeUpload},
		"views.open":                   {needs: []string{"view"}, do: (*call).viewOpen},
		"views.publish":                {needs: []string{"user_id", "view"}, do: (*call).viewPublish},
	}
}

// Methods gives the methods that the stand-in has, each with its scopes.
func Methods() map[string][]string {
	all := map[string][]string{}
	for name, e := range endpoints() {
		if !e.app {
			all[name] = slices.Clone(e.scopes)
		}
	}
	return all
}

// eventScopes gives the events, as an app subscribes to them, each with its scopes, of which one is enough.
func eventScopes() map[string][]string {
	return map[string][]string{
		"app_mention": {"app_mentions:read"}, "message.channels": {"channels:history"}, "message.groups": {"groups:history"},
		"message.im": {"im:history"}, "reaction_added": {"reactions:read"}, "reaction_removed": {"reactions:read"},
		"member_joined_channel": {"channels:read", "groups:read"}, "member_left_channel": {"channels:read", "groups:read"},
		"team_join": {"users:read"}, "app_home_opened": nil, "tokens_revoked": nil, "app_uninstalled": nil,
	}
}

// Events gives the events that the stand-in tells, each with its scopes.
func Events() map[string][]string { return eventScopes() }

func knownScopes() []string {
	all := []string{"commands"}
	for _, scopes := range []map[string][]string{Methods(), eventScopes()} {
		for _, x := range scopes {
			all = append(all, x...)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// api answers /api/METHOD.
func (s *Server) api(w http.ResponseWriter, r *http.Request) {
	c := &call{s: s, method: r.PathValue("method")}
	answer, wait := s.called(c, w, r)
	if answer == nil {
		return
	}
	if wait != nil {
		select {
		case <-wait:
		case <-r.Context().Done():
		case <-s.ctx.Done():
		}
	}
	write(w, http.StatusOK, answer)
}

// called does what a method does. It gives no answer where a fault was played instead, and what to wait for where the
// service is slow.
func (s *Server) called(c *call, w http.ResponseWriter, r *http.Request) (answer object, wait <-chan struct{}) {
	e, known := endpoints()[c.method]
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls[c.method]++
	defer s.announce()
	if s.limits[c.method] > 0 {
		s.limits[c.method]--
		w.Header().Set("Retry-After", "1")
		write(w, http.StatusTooManyRequests, no("ratelimited"))
		return nil, nil
	}
	if s.failed(w, e.posts) {
		return nil, nil
	}
	if answer = s.admitted(c, e, known, r); answer == nil {
		answer = e.do(c)
	}
	w.Header().Set("X-OAuth-Scopes", strings.Join(s.opts.Scopes, ","))
	if c.posted && s.lost(w) {
		return nil, nil
	}
	if e.posts {
		wait = s.stalled
	}
	return answer, wait
}

func write(w http.ResponseWriter, status int, answer object) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(raw(answer))
}

// admitted reads the arguments and refuses what Slack refuses before a method begins. The caller holds the lock.
func (s *Server) admitted(c *call, e endpoint, known bool, r *http.Request) object {
	if !known {
		return no("unknown_method")
	}
	if bad := c.read(r, e); bad != nil {
		return bad
	}
	token := trimmedToken(r.Header.Get("Authorization"))
	if token == "" {
		token = c.arg("token")
	}
	if bad := s.allowed(token, e); bad != nil {
		return bad
	}
	if name := s.denied[c.method+" "+c.arg("channel")]; name != "" {
		return no(name)
	}
	for _, name := range e.needs {
		if c.arg(name) == "" {
			a := no("invalid_arguments")
			a["response_metadata"] = object{"messages": []string{"[ERROR] missing required field: " + name}}
			return a
		}
	}
	return nil
}

func (c *call) read(r *http.Request, e endpoint) object {
	if r.Method == http.MethodGet && e.read {
		c.args = r.URL.Query()
		return nil
	}
	if r.Method != http.MethodPost {
		return no("invalid_request_method")
	}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	body, err := io.ReadAll(io.LimitReader(r.Body, 4<<20))
	if err != nil {
		return no("invalid_post_type")
	}
	switch kind {
	case "application/x-www-form-urlencoded":
		if c.args, err = url.ParseQuery(string(body)); err != nil {
			return no("invalid_form_data")
		}
	case "application/json":
		return c.readJSON(body)
	case "":
		return no("missing_post_type")
	default:
		return no("invalid_post_type")
	}
	return nil
}

// readJSON takes an object; what is no string in it stays JSON.
func (c *call) readJSON(body []byte) object {
	var args map[string]json.RawMessage
	if err := json.Unmarshal(body, &args); err != nil {
		return no("invalid_json")
	}
	c.args = url.Values{}
	for k, v := range args {
		var text string
		if json.Unmarshal(v, &text) != nil {
			text = string(v)
		}
		c.args.Set(k, text)
	}
	return nil
}

func (s *Server) allowed(token string, e endpoint) object {
	has := s.opts.Scopes
	switch token {
	case "":
		return no("not_authed")
	case s.botToken:
		if e.app {
			return no("not_allowed_token_type")
		}
	case s.appToken:
		if !e.app {
			return no("not_allowed_token_type")
		}
		has = s.opts.AppScopes
	default:
		return no("invalid_auth")
	}
	if len(e.scopes) > 0 && !slices.ContainsFunc(e.scopes, func(x string) bool { return slices.Contains(has, x) }) {
		return missing(e.scopes, has)
	}
	return nil
}

func missing(needs, has []string) object {
	a := no("missing_scope")
	a["needed"], a["provided"] = strings.Join(needs, ","), strings.Join(has, ",")
	return a
}

func (c *call) authTest() object {
	who := object{
		"ok": true, "url": c.s.http.URL + "/", "team": "First Team", "user": "gofirst",
		"team_id": c.s.opts.Team, "user_id": BotUser, "is_enterprise_install": false,
	}
	if !c.s.opts.Nameless {
		who["bot_id"] = BotID
	}
	return who
}

func (c *call) botsInfo() object {
	if c.arg("bot") != BotID {
		return no("bot_not_found")
	}
	return object{"ok": true, "bot": object{"id": BotID, "app_id": AppID, "user_id": BotUser, "name": "gofirst"}}
}
