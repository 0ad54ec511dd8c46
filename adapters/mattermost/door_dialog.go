package mattermost

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/mattermost/mattermost/server/public/model"
)

// formLife is how long a dialog may stay open before it is sent.
const formLife = 12 * time.Hour

// maxState is how much of a form goes along in the dialog; what is longer is kept here.
const maxState = 4096

// formState is what a dialog carries, signed: for whom it was opened, where, and what was asked.
type formState struct {
	State   string              `json:"s"`
	User    string              `json:"u"`
	Space   string              `json:"t,omitempty"`
	Channel string              `json:"c"`
	Thread  string              `json:"r,omitempty"`
	Direct  bool                `json:"d,omitempty"`
	Until   int64               `json:"x"`
	Asked   map[string][]string `json:"a"` // the values among which one chooses; none where one writes
	Max     map[string]int      `json:"l,omitempty"`

	url string // the response URL, only in memory
}

// pack gives the state of a dialog. The response URL does not go along: it is kept here under a name.
func (a *Adapter) pack(form chat.Form, x *reply) string {
	s := formState{
		State: form.State, User: string(x.user), Space: string(x.place.Space), Channel: string(x.place.Channel),
		Thread: string(x.place.Thread), Direct: x.place.Direct, Until: a.now().Add(formLife).Unix(),
		Asked: map[string][]string{}, Max: map[string]int{}, url: x.url,
	}
	for _, f := range form.Fields {
		s.Asked[f.Name] = nil
		for _, c := range f.Choices {
			s.Asked[f.Name] = append(s.Asked[f.Name], c.Value)
		}
		s.Max[f.Name] = element(f).MaxLength
	}
	name := secret()
	a.forms.states.keep(name, s)
	body, err := json.Marshal(s)
	packed := base64.RawURLEncoding.EncodeToString(body)
	if err != nil || len(packed) > maxState {
		packed = ""
	}
	return name + "." + packed + "." + a.sign("dialog", name, packed)
}

// unpack gives back what pack wrote, or says why not.
func (a *Adapter) unpack(state string) (s formState, no *refusal) {
	parts := strings.Split(state, ".")
	if len(parts) != 3 || !a.signed(parts[2], "dialog", parts[0], parts[1]) {
		return s, unsigned
	}
	if kept, ok := a.forms.states.find(parts[0]); ok {
		return kept, nil
	}
	body, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil || json.Unmarshal(body, &s) != nil || a.now().Unix() > s.Until {
		return s, stale // its time is over, or it was too long to go along and the process is another
	}
	return s, nil
}

// dialog takes a form that was sent. One that was only closed is no event.
func (a *Adapter) dialog(_ *http.Request, body []byte) (any, *refusal) {
	sub, ok := decodeDialog(body)
	if !ok {
		return nil, badBody
	}
	s, no := a.unpack(sub.State)
	switch {
	case no != nil:
		return nil, no
	case s.User != sub.UserId:
		return nil, notForUs
	case sub.Cancelled:
		return struct{}{}, nil
	}
	values, ok := s.values(sub.Submission)
	if !ok {
		return nil, badBody
	}
	x := &reply{user: chat.UserID(s.User), url: s.url, place: chat.Place{
		Space: chat.SpaceID(s.Space), Channel: chat.ChannelID(s.Channel), Thread: chat.MessageID(s.Thread), Direct: s.Direct,
	}}
	e := chat.FormSubmitted{
		Header: chat.Header{ID: chat.EventID("f" + secret()), Place: x.place, Actor: chat.Actor{User: x.user}, Time: a.now()},
		State:  s.State, Values: values, Reply: a.replies.open(x),
	}
	if !a.tell(s.Channel, item{events: func(context.Context) []chat.Event { return []chat.Event{e} }}) {
		return nil, unheard
	}
	return struct{}{}, nil
}

func decodeDialog(body []byte) (*model.SubmitDialogRequest, bool) {
	var sub model.SubmitDialogRequest
	if json.Unmarshal(body, &sub) != nil || !valid(sub.UserId) {
		return nil, false
	}
	return &sub, true
}

// values takes the answers to what was asked. What is left empty comes as null or not at all; the server itself checks
// neither lengths nor choices.
func (s formState) values(given map[string]any) (map[string]string, bool) {
	values := map[string]string{}
	for name, choices := range s.Asked {
		v, ok := given[name].(string)
		switch {
		case !ok && given[name] != nil, s.Max[name] > 0 && utf8.RuneCountInString(v) > s.Max[name]:
			return nil, false
		case v != "" && len(choices) > 0 && !slices.Contains(choices, v):
			return nil, false
		}
		values[name] = v
	}
	return values, true
}
