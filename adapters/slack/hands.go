package slack

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// What people do by commands, buttons, forms and menus. Each is acknowledged at once and gets a reply handle.

// slashCommand is a command as Socket Mode tells it; over HTTP the same fields come as a form.
type slashCommand struct {
	TeamID      chat.SpaceID   `json:"team_id"`
	AppID       string         `json:"api_app_id"`
	ChannelID   chat.ChannelID `json:"channel_id"`
	ChannelName string         `json:"channel_name"`
	UserID      chat.UserID    `json:"user_id"`
	Text        string         `json:"text"`
	ResponseURL string         `json:"response_url"`
	TriggerID   string         `json:"trigger_id"`
}

// command takes a command. Slack sends no time with it; over HTTP the signature's is known.
func (s *session) command(payload []byte, at time.Time) (heard, error) {
	var c slashCommand
	if err := json.Unmarshal(payload, &c); err != nil {
		return heard{}, err
	}
	return s.commanded(c, at)
}

func (s *session) commanded(c slashCommand, at time.Time) (heard, error) {
	if c.TeamID == "" || c.ChannelID == "" || c.UserID == "" {
		return heard{}, errors.New("the command is not whole")
	}
	if c.TeamID != s.me.team || c.AppID != "" && s.me.app != "" && c.AppID != s.me.app {
		return heard{}, errForeign
	}
	if at.IsZero() {
		at = s.a.now()
	}
	h := chat.Header{
		ID: chat.EventID("c:" + digest(s.told(c))), Time: at, Actor: s.me.actor(c.UserID, ""),
		Place: s.me.place(c.ChannelID, kindByName(c.ChannelName)),
	}
	text, refs := plain(c.Text, s.me.user)
	r := &reply{
		user: c.UserID, channel: c.ChannelID, direct: h.Place.Direct,
		url: c.ResponseURL, trigger: c.TriggerID, left: replyUses,
	}
	return heard{hand: true, event: chat.CommandInvoked{
		Header: h, Text: text, References: refs, Reply: s.a.handle(r), Trigger: c.TriggerID,
	}}, nil
}

// told tells a command from others: Slack gives it no identifier. Where neither trigger nor address is there that only
// it has, its arrival does.
func (s *session) told(c slashCommand) string {
	once := c.TriggerID + " " + c.ResponseURL
	if once == " " {
		once = s.a.now().Format(time.RFC3339Nano)
	}
	return strings.Join([]string{once, string(c.ChannelID), string(c.UserID), c.Text}, "\x00")
}

// interactivePayload is the union of the interactions that are understood.
type interactivePayload struct {
	Type        string `json:"type"`
	AppID       string `json:"api_app_id"`
	ActionTS    string `json:"action_ts"`
	CallbackID  string `json:"callback_id"`
	TriggerID   string `json:"trigger_id"`
	ResponseURL string `json:"response_url"`
	Team        struct {
		ID chat.SpaceID `json:"id"`
	} `json:"team"`
	User struct {
		ID     chat.UserID  `json:"id"`
		TeamID chat.SpaceID `json:"team_id"`
	} `json:"user"`
	Channel struct {
		ID   chat.ChannelID `json:"id"`
		Name string         `json:"name"`
	} `json:"channel"`
	Container struct {
		MessageTS chat.MessageID `json:"message_ts"`
		ThreadTS  chat.MessageID `json:"thread_ts"`
	} `json:"container"`
	Message   *inner         `json:"message"`
	MessageTS chat.MessageID `json:"message_ts"`
	Actions   []struct {
		ActionID string `json:"action_id"`
		ActionTS string `json:"action_ts"`
		Type     string `json:"type"`
		Value    string `json:"value"`
	} `json:"actions"`
	View *view `json:"view"`
}

// view is a form or a home page that something happened in.
type view struct {
	ID       string `json:"id"`
	Type     string `json:"type"`
	Hash     string `json:"hash"`
	Callback string `json:"callback_id"`
	Metadata string `json:"private_metadata"`
	State    struct {
		Values filled `json:"values"`
	} `json:"state"`
}

// filled are the answers of a form, by block and element.
type filled map[string]map[string]struct {
	Value    string `json:"value"`
	Selected *struct {
		Value string `json:"value"`
	} `json:"selected_option"`
}

// UnmarshalJSON takes a list, which is how nothing is written sometimes, for no answers.
func (f *filled) UnmarshalJSON(b []byte) error {
	if len(b) == 0 || b[0] != '{' {
		return nil
	}
	type plain filled
	return json.Unmarshal(b, (*plain)(f))
}

func (s *session) interaction(payload []byte) (heard, error) {
	var p interactivePayload
	if err := json.Unmarshal(payload, &p); err != nil {
		return heard{}, err
	}
	if p.Type == "" || p.User.ID == "" {
		return heard{}, errors.New("the interaction is not whole")
	}
	if p.Team.ID != "" && p.Team.ID != s.me.team || p.Team.ID == "" && p.User.TeamID != s.me.team ||
		p.AppID != "" && s.me.app != "" && p.AppID != s.me.app {
		return heard{}, errForeign
	}
	switch p.Type {
	case "block_actions":
		return s.pressed(p)
	case "message_action":
		return s.chosen(p)
	case "view_submission":
		return s.submitted(p)
	}
	return heard{}, nil // a form that was closed, a global shortcut
}

func (s *session) begin(p interactivePayload, id, at string) (chat.Header, *reply) {
	h := chat.Header{
		ID: chat.EventID(id), Time: s.a.now(), Actor: s.me.actor(p.User.ID, ""),
		Place: s.me.place(p.Channel.ID, kindByName(p.Channel.Name)),
	}
	if t, ok := timeOf(at); ok {
		h.Time = t
	}
	h.Place.Thread = p.Container.ThreadTS
	if p.Message != nil {
		h.Place.Thread = threadOf(p.Message)
	}
	if h.Place.Thread == p.Container.MessageTS {
		h.Place.Thread = ""
	}
	r := &reply{
		user: p.User.ID, channel: p.Channel.ID, direct: h.Place.Direct, thread: h.Place.Thread,
		url: p.ResponseURL, trigger: p.TriggerID, left: replyUses,
	}
	return h, r
}

func (s *session) pressed(p interactivePayload) (heard, error) {
	if len(p.Actions) == 0 || p.Actions[0].Type != "button" {
		return heard{}, nil
	}
	x := p.Actions[0]
	at := orElse(x.ActionTS, p.ActionTS)
	if x.ActionID == formButton {
		s.reopen(p, x.Value)
		return heard{hand: true}, nil
	}
	id := "b:" + string(p.Channel.ID) + ":" + string(p.Container.MessageTS) + ":" + string(p.User.ID) + ":" + x.ActionID + ":" + at
	h, r := s.begin(p, id, at)
	return heard{hand: true, event: chat.ButtonPressed{
		Header: h, Value: x.Value, Message: p.Container.MessageTS, Reply: s.a.handle(r), Trigger: p.TriggerID,
	}}, nil
}

func (s *session) chosen(p interactivePayload) (heard, error) {
	if p.Message == nil || p.CallbackID == "" || p.Channel.ID == "" {
		return heard{}, errors.New("the action names no message")
	}
	id := "a:" + digest(p.TriggerID+p.ActionTS+string(p.MessageTS))
	h, r := s.begin(p, id, p.ActionTS)
	return heard{hand: true, event: chat.ActionInvoked{
		Header: h, Action: p.CallbackID, Message: p.Message.TS, Author: s.me.author(p.Message),
		Reply: s.a.handle(r), Trigger: p.TriggerID,
	}}, nil
}

// digest stands for a token in an identifier.
func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:12])
}
