package slacktest

import (
	"fmt"
	"time"
)

// Command gives the slash command in a channel. The text arrives escaped, as should_escape asks for.
func (s *Server) Command(user, in, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.deliver("slash_commands", s.commandPayload(user, in, text))
}

// CommandPayload makes what Slack would send for a command.
func (s *Server) CommandPayload(user, in, text string) map[string]any {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.commandPayload(user, in, text)
}

func (s *Server) commandPayload(user, in, text string) map[string]any {
	c := s.channels[in]
	name := c.name
	if c.kind == "im" {
		name = "directmessage"
	}
	return map[string]any{
		"token": "legacy", "team_id": s.opts.Team, "team_domain": "first", "channel_id": c.id, "channel_name": name,
		"user_id": user, "user_name": s.people[user].Handle, "command": "/gofirst", "text": s.typed(text), "api_app_id": AppID,
		"is_enterprise_install": "false", "response_url": s.responseURL(c, "", user), "trigger_id": s.newTrigger(user),
	}
}

// responseURL makes an address that takes five answers. The caller holds the lock.
func (s *Server) responseURL(c *channel, thread, user string) string {
	key := secret()
	s.answers[key] = &answer{channel: c, thread: thread, user: user, left: 5, born: s.opts.Now()}
	return s.http.URL + "/response/" + key
}

// ExpireAnswers lets all response_urls that there are grow too old.
func (s *Server) ExpireAnswers() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.answers)
}

// ExpireTriggers lets all trigger_ids that there are grow too old.
func (s *Server) ExpireTriggers() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, t := range s.triggers {
		t.born = t.born.Add(-time.Minute)
	}
}

// Press presses a button of a message, by its label.
func (s *Server) Press(user, in, ts, label string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, m := s.standing(in, ts)
	b := s.buttonOf(s.look(m), label)
	at := s.stamp()
	container := map[string]any{"type": "message", "message_ts": m.ts, "channel_id": c.id, "is_ephemeral": m.only != ""}
	set(container, "thread_ts", m.thread)
	p := s.interaction("block_actions", user)
	p["container"] = container
	p["channel"] = map[string]any{"id": c.id, "name": c.name}
	p["response_url"] = s.responseURL(c, m.thread, user)
	p["trigger_id"] = s.newTrigger(user)
	if m.only == "" {
		p["message"] = m.json(false)
	}
	p["actions"] = []any{action(b, at)}
	s.deliver("interactive", p)
}

func action(b Button, at string) map[string]any {
	return map[string]any{
		"type": "button", "action_id": b.Action, "block_id": "b1", "value": b.Value, "action_ts": at,
		"text": map[string]any{"type": "plain_text", "text": b.Label, "emoji": false},
	}
}

func (s *Server) buttonOf(p Post, label string) Button {
	for _, b := range p.Buttons {
		if b.Label == label {
			return b
		}
	}
	panic(fmt.Sprintf("slacktest: nobody sees the button %q", label))
}

// PressHome presses a button of somebody's Home tab.
func (s *Server) PressHome(user, label string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.interaction("block_actions", user)
	p["container"] = map[string]any{"type": "view", "view_id": "VHOME"}
	p["view"] = map[string]any{"id": "VHOME", "type": "home"}
	p["trigger_id"] = s.newTrigger(user)
	p["actions"] = []any{action(s.buttonOf(s.homes[user], label), s.stamp())}
	s.deliver("interactive", p)
}

func (s *Server) interaction(kind, user string) map[string]any {
	return map[string]any{
		"type": kind, "api_app_id": AppID, "token": "legacy",
		"team": map[string]any{"id": s.opts.Team, "domain": "first"},
		"user": map[string]any{"id": user, "username": s.people[user].Handle, "team_id": s.opts.Team},
	}
}

// Choose takes an entry of a message's menu.
func (s *Server) Choose(user, in, ts, callback string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, m := s.standing(in, ts)
	p := s.interaction("message_action", user)
	p["callback_id"], p["action_ts"], p["message_ts"] = callback, s.stamp(), m.ts
	p["channel"], p["message"] = map[string]any{"id": c.id, "name": c.name}, m.json(false)
	p["response_url"], p["trigger_id"] = s.responseURL(c, "", user), s.newTrigger(user)
	s.deliver("interactive", p)
}

// Forms gives what somebody has before them, the latest last.
func (s *Server) Forms(user string) (all []Form) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.forms {
		if f.User == user {
			all = append(all, *f)
		}
	}
	return all
}

// Submit sends the latest form of somebody, with values by the fields' names; it is gone then.
func (s *Server) Submit(user string, values map[string]string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := len(s.forms) - 1; i >= 0; i-- {
		if f := s.forms[i]; f.User == user {
			s.forms = append(s.forms[:i], s.forms[i+1:]...)
			s.submit(f, values)
			return
		}
	}
	panic("slacktest: " + user + " has no form")
}

func (s *Server) submit(f *Form, values map[string]string) {
	state := map[string]any{}
	for _, x := range f.Fields {
		v := values[x.Action]
		switch {
		case v == "" && !x.Optional:
			panic("slacktest: Slack does not send a form without " + x.Action)
		case x.Max > 0 && len([]rune(v)) > x.Max:
			panic("slacktest: Slack does not let anybody write so much into " + x.Action)
		}
		answer := map[string]any{"type": "plain_text_input", "value": nilIfEmpty(v)}
		if x.Choices != nil {
			answer = map[string]any{"type": "static_select", "selected_option": nil}
			if v != "" {
				answer["selected_option"] = map[string]any{"value": v, "text": map[string]any{"type": "plain_text", "text": x.Choices[v]}}
			}
		}
		state[x.Block] = map[string]any{x.Action: answer}
	}
	p := s.interaction("view_submission", f.User)
	p["trigger_id"], p["response_urls"] = s.newTrigger(f.User), []any{}
	p["view"] = map[string]any{
		"id": f.ID, "type": "modal", "hash": f.hash, "callback_id": f.callback, "private_metadata": f.metadata,
		"state": map[string]any{"values": state},
	}
	s.deliver("interactive", p)
}

func nilIfEmpty(s string) any {
	if s == "" {
		return nil
	}
	return s
}
