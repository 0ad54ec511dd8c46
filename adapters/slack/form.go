package slack

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	slackapi "github.com/slack-go/slack"
)

// Limits of a form and how long a trigger opens one: https://docs.slack.dev/surfaces/modals
const (
	triggerLife  = 3 * time.Second
	maxTitle     = 24
	maxHint      = 2000
	maxInput     = 3000
	maxOption    = 75
	maxChoice    = 150
	maxChoices   = 100
	maxFields    = 90
	maxMetadata  = 3000
	formCallback = "gofirst_form"
	formButton   = "open-form"
)

// offer is a form that waits for its button to be pressed.
type offer struct {
	form  chat.Form
	reply chat.ReplyHandle
	user  chat.UserID
}

// OpenForm opens a form while the trigger lives, and offers a button to it afterwards.
func (a *Adapter) OpenForm(ctx context.Context, handle chat.ReplyHandle, trigger string, form chat.Form) error {
	const op = "slack form"
	r, ok := a.replies.get(handle)
	if !ok {
		return failed(op, chat.Gone, "the reply handle is spent: what it answers is over")
	}
	if err := checkForm(op, form); err != nil {
		return err
	}
	if trigger != "" && a.now().Sub(r.born) < triggerLife {
		err := a.openView(ctx, op, handle, trigger, form)
		if !said(err, "expired_trigger_id", "trigger_expired", "trigger_exchanged", "exchanged_trigger_id", "invalid_trigger_id") {
			return err
		}
	}
	id := random()
	a.forms.put(id, &offer{form, handle, r.user})
	return a.offerForm(ctx, handle, form.Title, id)
}

// offerForm sends the one button. The form waits in memory, and only for the person it was meant for.
func (a *Adapter) offerForm(ctx context.Context, handle chat.ReplyHandle, title, id string) error {
	title = cut(oneLine(title), maxLabel)
	r := rendered{
		blocks: encode([]slackapi.Block{slackapi.NewActionBlock("", button(formButton, title, id))}),
		text:   escape(title),
	}
	_, err := a.answer(ctx, chat.Message{To: chat.To{Reply: handle}, Private: true}, r)
	return err
}

// reopen opens a form whose button was pressed. No event comes of it.
func (s *session) reopen(p interactivePayload, id string) {
	o, ok := s.a.forms.get(id)
	if !ok || o.user != p.User.ID {
		return
	}
	s.tasks.Go(func() {
		ctx, cancel := context.WithTimeout(s.ctx, triggerLife)
		defer cancel()
		if err := s.a.openView(ctx, "slack form", o.reply, p.TriggerID, o.form); err != nil {
			s.a.log.Warn("slack: a form does not open", "connection", s.a.cfg.Name, "error", err)
		}
	})
}

func checkForm(op string, f chat.Form) error {
	switch {
	case len(f.Fields) == 0 || len(f.Fields) > maxFields:
		return failed(op, chat.Refused, "the form has no fields, or too many")
	case tidy(f.Title) == "":
		return failed(op, chat.Refused, "the form has no title")
	}
	for _, x := range f.Fields {
		if x.Name == "" || len(x.Name) > 255 || len(x.Choices) > maxChoices {
			return failed(op, chat.Refused, "a field of the form has no name, or too many choices")
		}
		for _, c := range x.Choices {
			if c.Value == "" || units(c.Value) > maxChoice {
				return failed(op, chat.Refused, "a choice of the form has no value, or one that is too long")
			}
		}
	}
	return nil
}

func (a *Adapter) openView(ctx context.Context, op string, handle chat.ReplyHandle, trigger string, f chat.Form) error {
	sealed := a.seal(string(handle), f.State)
	submit := orElse(cut(oneLine(f.Submit), maxTitle), "OK")
	v := slackapi.ModalViewRequest{
		Type: slackapi.VTModal, CallbackID: formCallback, PrivateMetadata: sealed,
		Title: plainObject(cut(oneLine(f.Title), maxTitle)), Submit: plainObject(submit),
	}
	for _, x := range f.Fields {
		v.Blocks.BlockSet = append(v.Blocks.BlockSet, input(x))
	}
	return a.call(ctx, op, "views.open", url.Values{"trigger_id": {trigger}, "view": {encode(v)}}, nil)
}

func input(f chat.Field) slackapi.Block {
	label := plainObject(orElse(cut(oneLine(f.Label), maxHint), f.Name))
	var hint *slackapi.TextBlockObject
	if h := cut(tidy(f.Hint), maxHint); h != "" {
		hint = plainObject(h)
	}
	b := slackapi.NewInputBlock(f.Name, label, hint, element(f))
	b.Optional = f.Optional
	return b
}

func element(f chat.Field) slackapi.BlockElement {
	if len(f.Choices) > 0 {
		var options []*slackapi.OptionBlockObject
		var chosen *slackapi.OptionBlockObject
		for _, c := range f.Choices {
			o := slackapi.NewOptionBlockObject(c.Value, plainObject(orElse(cut(oneLine(c.Label), maxOption), cut(c.Value, maxOption))), nil)
			if options = append(options, o); c.Value == f.Value {
				chosen = o
			}
		}
		e := slackapi.NewOptionsSelectBlockElement(slackapi.OptTypeStatic, nil, f.Name, options...)
		e.InitialOption = chosen
		return e
	}
	e := slackapi.NewPlainTextInputBlockElement(nil, f.Name)
	e.Multiline = f.Long
	e.MaxLength = maxInput
	if f.Max > 0 {
		e.MaxLength = min(f.Max, maxInput)
	}
	e.InitialValue = cut(tidy(f.Value), e.MaxLength)
	return e
}

// sealed is what a form carries through Slack.
type sealed struct {
	Reply string `json:"r"`
	State string `json:"s,omitempty"`
	Kept  string `json:"k,omitempty"` // where the state is too long to travel
	Mac   string `json:"m"`
}

// seal authenticates a form's state. What would be too long for Slack stays here, under a random name.
func (a *Adapter) seal(reply, state string) string {
	x := sealed{Reply: reply, State: state}
	if len(state) > maxMetadata/4 { // JSON may make six bytes of one
		x.State, x.Kept = "", random()
		a.states.put(x.Kept, state)
	}
	x.Mac = a.mac(x)
	b, _ := json.Marshal(x) // strings alone
	return string(b)
}

// unseal gives the state and the handle of who opened the form.
func (a *Adapter) unseal(s string) (reply chat.ReplyHandle, state string, ok bool) {
	var x sealed
	if json.Unmarshal([]byte(s), &x) != nil || !hmac.Equal([]byte(x.Mac), []byte(a.mac(x))) {
		return "", "", false
	}
	if x.Kept != "" {
		x.State, ok = a.states.get(x.Kept)
		return chat.ReplyHandle(x.Reply), x.State, ok
	}
	return chat.ReplyHandle(x.Reply), x.State, true
}

// mac proves that the bot wrote a state, also before it was restarted: its key is made from the bot token.
func (a *Adapter) mac(x sealed) string {
	key := sha256.Sum256([]byte("gofirst form state\x00" + strings.TrimSpace(a.cfg.BotToken())))
	h := hmac.New(sha256.New, key[:])
	for _, part := range []string{x.Reply, x.State, x.Kept} {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil))
}

// submitted takes the answers of a form. They are answered where the form was opened from, while that lasts, and else
// in a direct message.
func (s *session) submitted(p interactivePayload) (heard, error) {
	if p.View == nil || p.View.Callback != formCallback {
		return heard{}, nil
	}
	from, state, ok := s.a.unseal(p.View.Metadata)
	if !ok {
		return heard{}, errSeal
	}
	h, r := s.begin(p, "f:"+p.View.ID+":"+string(p.User.ID), "")
	if opened, ok := s.a.replies.get(from); ok && opened.user == p.User.ID {
		r.channel, r.direct, r.thread, r.url = opened.channel, opened.direct, opened.thread, opened.url
		h.Place = s.me.place(r.channel, "")
		h.Place.Thread = r.thread
	}
	values := map[string]string{}
	for _, actions := range p.View.State.Values {
		for name, v := range actions {
			values[name] = v.Value
			if v.Selected != nil {
				values[name] = v.Selected.Value
			}
		}
	}
	return heard{hand: true, event: chat.FormSubmitted{Header: h, State: state, Values: values, Reply: s.a.handle(r)}}, nil
}
