package mattermosttest

import (
	"encoding/json"
	"errors"
	"fmt"
)

// PressRequest makes the request by which the server tells of a pressed button. It proves nothing by itself.
func (s *Server) PressRequest(user, post, label string) (Request, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.posts[post]
	if p == nil || p.DeleteAt > 0 || p.only != "" && p.only != user || !s.channels[p.ChannelID].members[user] {
		return Request{}, errRefused
	}
	c := s.channels[p.ChannelID]
	for _, a := range p.actions() {
		if visible(a.Name) != visible(label) {
			continue
		}
		team := ""
		if t := s.team(c.Team); t != nil {
			team = t.Name
		}
		body, _ := json.Marshal(map[string]any{
			"user_id": user, "user_name": s.users[user].Username, "channel_id": c.ID, "channel_name": c.Name, "team_id": c.Team,
			"team_domain": team, "post_id": p.ID, "trigger_id": s.newTrigger(user, c.ID, c.Team), "type": a.Type, "data_source": "",
			"context": a.Integration.Context,
		})
		return Request{URL: a.Integration.URL, ContentType: "application/json", Body: body}, nil
	}
	return Request{}, fmt.Errorf("mattermosttest: the post has no button %q", label)
}

// Press presses a button, and shows the person what the bot answers.
func (s *Server) Press(user, post, label string) error {
	req, err := s.PressRequest(user, post, label)
	if err != nil {
		return err
	}
	answer, _, err := s.call(req)
	if err != nil {
		return err
	}
	var r struct {
		Update *Post  `json:"update"`
		Text   string `json:"ephemeral_text"`
		Skip   bool   `json:"skip_slack_parsing"`
	}
	if len(answer) > 0 && json.Unmarshal(answer, &r) != nil {
		return errors.New("mattermosttest: api.post.do_action.action_integration.app_error")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.posts[post]
	if r.Update != nil {
		p.Message, p.Props = r.Update.Message, r.Update.Props
	}
	if r.Text != "" {
		text := r.Text
		if !r.Skip {
			text = slackLinks(text)
		}
		s.whisper(&Post{ChannelID: p.ChannelID, UserID: user, Message: text, replyTo: "press"}, user)
	}
	return nil
}

// DialogRequest makes the request by which the server tells that a dialog was sent.
func (s *Server) DialogRequest(d Dialog, values map[string]any, cancelled bool) Request {
	submission := map[string]any{}
	for _, e := range d.Elements {
		submission[e.Name] = nil
		if e.Default != "" {
			submission[e.Name] = e.Default
		}
	}
	for name, v := range values {
		submission[name] = v
	}
	if cancelled {
		submission = nil
	}
	body, _ := json.Marshal(map[string]any{
		"type": "dialog_submission", "callback_id": d.CallbackID, "state": d.State, "user_id": d.User, "channel_id": d.Channel,
		"team_id": d.Team, "submission": submission, "cancelled": cancelled,
	})
	return Request{URL: d.URL, ContentType: "application/json", Body: body}
}

// Submit sends a dialog.
func (s *Server) Submit(d Dialog, values map[string]any) error {
	_, _, err := s.call(s.DialogRequest(d, values, false))
	return err
}

// Cancel closes a dialog without sending it.
func (s *Server) Cancel(d Dialog) error {
	if !d.NotifyOnCancel {
		return nil
	}
	_, _, err := s.call(s.DialogRequest(d, nil, true))
	return err
}
