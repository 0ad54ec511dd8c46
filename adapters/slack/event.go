package slack

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// errForeign is a payload meant for another workspace or another app.
var errForeign = errors.New("the payload is for somebody else")

// errSeal is a form whose state the bot did not write.
var errSeal = errors.New("the form is not one of this bot")

// callback is the outer part of an event.
type callback struct {
	Type     string       `json:"type"`
	TeamID   chat.SpaceID `json:"team_id"`
	AppID    string       `json:"api_app_id"`
	EventID  string       `json:"event_id"`
	Time     int64        `json:"event_time"`
	Limited  int64        `json:"minute_rate_limited"`
	Inner    inner        `json:"event"`
	Shown    string       `json:"challenge"`
	Approved []struct {
		TeamID chat.SpaceID `json:"team_id"`
	} `json:"authorizations"`
}

// inner is the union of the events that the adapter subscribes to. User and channel are objects in some.
type inner struct {
	Type        string         `json:"type"`
	Subtype     string         `json:"subtype"`
	Channel     name           `json:"channel"`
	ChannelType string         `json:"channel_type"`
	User        name           `json:"user"`
	BotID       string         `json:"bot_id"`
	Text        string         `json:"text"`
	TS          chat.MessageID `json:"ts"`
	ThreadTS    chat.MessageID `json:"thread_ts"`
	EventTS     string         `json:"event_ts"`
	id          string         // tells the event from others like it
	DeletedTS   chat.MessageID `json:"deleted_ts"`
	Tab         string         `json:"tab"`
	Reaction    string         `json:"reaction"`
	Files       []struct{}     `json:"files"`
	Edited      *edited        `json:"edited"`
	Message     *inner         `json:"message"`
	Previous    *inner         `json:"previous_message"`
	Metadata    metadata       `json:"metadata"`
	ReplyCount  int            `json:"reply_count"`
	LatestReply string         `json:"latest_reply"`
	Item        *struct {
		Type    string         `json:"type"`
		Channel chat.ChannelID `json:"channel"`
		TS      chat.MessageID `json:"ts"`
	} `json:"item"`
	Tokens *struct {
		Bot []chat.UserID `json:"bot"`
	} `json:"tokens"`
}

type edited struct {
	User chat.UserID `json:"user"`
	TS   string      `json:"ts"`
}

// metadata is what an app hangs on its messages: in those of others, JSON of any shape.
type metadata []byte

// UnmarshalJSON keeps the JSON as it is.
func (m *metadata) UnmarshalJSON(b []byte) error {
	*m = append((*m)[:0], b...)
	return nil
}

// metadataType is what the bot calls the metadata that holds its delivery key, and nothing else.
const metadataType = "gofirst_delivery"

type deliveryMark struct {
	EventType string      `json:"event_type"`
	Payload   deliveryKey `json:"event_payload"`
}

type deliveryKey struct {
	Key string `json:"key"`
}

// key is empty where the metadata is not the bot's own.
func (m metadata) key() string {
	var mark deliveryMark
	if len(m) == 0 || json.Unmarshal(m, &mark) != nil || mark.EventType != metadataType {
		return ""
	}
	return mark.Payload.Key
}

// name is an identifier that some payloads wrap into an object with an "id".
type name string

// UnmarshalJSON takes a string, an object with an id, or anything else as empty.
func (n *name) UnmarshalJSON(b []byte) error {
	*n = ""
	if len(b) > 0 && b[0] == '{' {
		var object struct {
			ID string `json:"id"`
		}
		if err := json.Unmarshal(b, &object); err != nil {
			return err
		}
		*n = name(object.ID)
		return nil
	}
	if len(b) > 0 && b[0] == '"' {
		return json.Unmarshal(b, (*string)(n))
	}
	return nil
}

// decode makes an event of the payload of an envelope, or of what came to a door.
func (s *session) decode(kind string, payload json.RawMessage) (heard, error) {
	switch kind {
	case "events_api":
		return s.callback(payload)
	case "slash_commands":
		return s.command(payload, time.Time{})
	case "interactive":
		return s.interaction(payload)
	}
	return heard{}, nil // a kind that is newer than this adapter
}

func (s *session) callback(payload []byte) (heard, error) {
	var c callback
	if err := json.Unmarshal(payload, &c); err != nil {
		return heard{}, err
	}
	switch {
	case c.Type != "event_callback" && c.Type != "app_rate_limited":
		return heard{}, nil
	case c.TeamID == "" || c.Type == "event_callback" && c.Inner.Type == "":
		return heard{}, errors.New("the event has no team or no type")
	case !s.ours(c):
		return heard{}, errForeign
	case c.Type == "app_rate_limited":
		s.limited(c.Limited)
		return heard{}, nil
	}
	s.date(&c)
	return s.heard(s.event(&c.Inner)), nil
}

// date gives an event that carries no time of its own, as some do, that of what it came in.
func (s *session) date(c *callback) {
	e := &c.Inner
	if e.id = e.EventTS; e.EventTS != "" {
		return
	}
	at := s.a.now()
	if c.Time > 0 {
		at = time.Unix(c.Time, 0)
	}
	e.EventTS = tsOf(at)
	e.id = orElse(c.EventID, e.EventTS)
}

// ours says whether an event is for this workspace and app. In a channel that is shared, the outer team is where
// it was said, and the authorizations tell for whom the app hears it.
func (s *session) ours(c callback) bool {
	if c.AppID != "" && s.me.app != "" && c.AppID != s.me.app {
		return false
	}
	for _, x := range c.Approved {
		if x.TeamID != "" {
			return x.TeamID == s.me.team
		}
	}
	return c.TeamID == s.me.team
}

// event makes an event of what Slack tells; nil of what does not matter here.
func (s *session) event(e *inner) chat.Event {
	switch e.Type {
	case "message", "app_mention":
		return s.me.message(e)
	case "reaction_added", "reaction_removed":
		return s.reaction(e)
	case "member_joined_channel", "member_left_channel", "team_join":
		return s.member(e)
	case "app_home_opened":
		if e.Tab != "home" {
			return nil
		}
		h, ok := s.me.header(s.me.place("", ""), e.EventTS, "h:"+string(e.User)+":"+e.id)
		h.Actor = s.me.actor(chat.UserID(e.User), "")
		return orNone(chat.HomeOpened{Header: h}, ok && e.User != "")
	case "tokens_revoked":
		if e.Tokens != nil && contains(e.Tokens.Bot, s.me.user) {
			s.lost(failed(opRun, chat.Refused, "the bot token was revoked: install the app again and copy the new token"))
		}
	case "app_uninstalled":
		s.lost(failed(opRun, chat.Refused, "the app was removed from the workspace: install it again and copy the new token"))
	}
	return nil
}

func contains(users []chat.UserID, user chat.UserID) bool {
	for _, u := range users {
		if u == user {
			return true
		}
	}
	return false
}

// orNone drops an event that is not whole.
func orNone(e chat.Event, whole bool) chat.Event {
	if !whole {
		return nil
	}
	return e
}

// header begins an event; false where the time makes no sense.
func (me *identity) header(place chat.Place, ts, id string) (chat.Header, bool) {
	at, ok := timeOf(ts)
	return chat.Header{ID: chat.EventID(id), Time: at, Place: place}, ok
}

// reaction keeps the event's time in its identifier, so that adding, removing and adding again are three.
func (s *session) reaction(e *inner) chat.Event {
	if e.Item == nil || e.Item.Type != "message" || e.User == "" {
		return nil
	}
	present := e.Type == "reaction_added"
	emoji, _, _ := strings.Cut(e.Reaction, "::")
	id := strings.Join([]string{"r", string(e.Item.Channel), string(e.Item.TS), string(e.User), emoji, strconv.FormatBool(present), e.id}, ":")
	h, ok := s.me.header(s.me.place(e.Item.Channel, ""), e.EventTS, id)
	h.Actor = s.me.actor(chat.UserID(e.User), "")
	if p, known := s.a.people.get(h.Actor.User); known && p.Bot {
		h.Actor.Bot = true
	}
	return orNone(chat.Reaction{Header: h, Message: e.Item.TS, Emoji: emoji, Present: present}, ok && emoji != "")
}

func (s *session) member(e *inner) chat.Event {
	id := strings.Join([]string{"j", e.Type, string(e.Channel), string(e.User), e.id}, ":")
	h, ok := s.me.header(s.me.place(chat.ChannelID(e.Channel), e.ChannelType), e.EventTS, id)
	h.Actor = s.me.actor(chat.UserID(e.User), "")
	if e.User == "" {
		return nil
	}
	if e.Type == "member_left_channel" {
		return orNone(chat.MemberLeft{Header: h}, ok)
	}
	return orNone(chat.MemberJoined{Header: h}, ok)
}

// timeOf reads a timestamp of Slack's: seconds, a dot, six digits.
func timeOf(ts string) (time.Time, bool) {
	if len(ts) < 8 || len(ts) > 19 || ts[len(ts)-7] != '.' {
		return time.Time{}, false
	}
	s, err := strconv.ParseUint(ts[:len(ts)-7], 10, 40)
	if err != nil {
		return time.Time{}, false
	}
	us, err := strconv.ParseUint(ts[len(ts)-6:], 10, 32)
	if err != nil {
		return time.Time{}, false
	}
	return time.Unix(int64(s), int64(us)*1000), true
}

func tsOf(t time.Time) string {
	us := t.UnixMicro()
	return strconv.FormatInt(us/1e6, 10) + "." + pad6(us%1e6)
}

func pad6(n int64) string {
	s := strconv.FormatInt(n, 10)
	return "000000"[:6-len(s)] + s
}
