package discord

import (
	"context"
	"crypto/rand"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/gofirst/gofirst/bot/chat"
)

// Limits of the service's documents for forms, in characters.
const (
	maxFields     = 5
	maxTitle      = 45
	maxLabel      = 45
	maxHint       = 100
	maxInput      = 4000
	maxChoices    = 25
	maxChoiceText = 100
)

// waitingForm is a form behind a button that only its person can press.
type waitingForm struct {
	user  string
	form  chat.Form
	until time.Time
}

// formState is what a form carries that does not fit into its identifier.
type formState struct {
	user, state string
	until       time.Time
}

// The identifiers of our own buttons and forms. Those of the engine's buttons have other beginnings.
const (
	buttonPrefix = "form:"
	inside       = "s:"
	kept         = "k:"
)

// OpenForm shows a form as the answer to an interaction. It can only be the first answer, and only within the
// service's three seconds; after that, a button is offered that opens it.
func (a *Adapter) OpenForm(ctx context.Context, handle chat.ReplyHandle, _ string, form chat.Form) error {
	r, err := a.reply("form", handle)
	if err != nil {
		return err
	}
	if err := checkForm(form); err != nil {
		return err
	}
	r.mu.Lock()
	if r.stage == unanswered && !r.form && a.cfg.Now().Sub(r.at) < a.timing.first {
		err := a.show(ctx, r, form)
		r.mu.Unlock()
		return err
	}
	r.mu.Unlock()
	return a.offerForm(ctx, handle, r, form)
}

// offerForm sends a button with the form's title.
func (a *Adapter) offerForm(ctx context.Context, handle chat.ReplyHandle, r *reply, form chat.Form) error {
	id := buttonPrefix + rand.Text()
	a.forms.put(id, waitingForm{r.user, form, a.cfg.Now().Add(a.timing.token)})
	title := line(form.Title)
	_, err := a.answer(ctx, handle, chat.Delivery{Message: chat.Message{
		Private: true, Body: []chat.Node{chat.Text(title)}, Buttons: []chat.Button{{Label: title, Value: id}},
	}})
	return err
}

// behind finds the form behind a button, if the one who pressed it may have it.
func (a *Adapter) behind(x wireInteraction, user string) (chat.Form, bool) {
	if x.Type != discordgo.InteractionMessageComponent || !strings.HasPrefix(x.Data.ID, buttonPrefix) {
		return chat.Form{}, false
	}
	f, ok := a.forms.get(x.Data.ID)
	if !ok || f.user != user || a.cfg.Now().After(f.until) {
		return chat.Form{}, false
	}
	return f.form, true
}

func (a *Adapter) reopen(ctx context.Context, r *reply, form chat.Form) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := a.show(ctx, r, form); err != nil {
		a.cfg.Log.Warn("a form could not be opened", "error", err)
	}
}

// show answers with the form itself. r is locked.
func (a *Adapter) show(ctx context.Context, r *reply, form chat.Form) error {
	data := struct {
		ID         string      `json:"custom_id"`
		Title      string      `json:"title"`
		Components []component `json:"components"`
	}{a.carry(r.user, form.State), orDots(cutRunes(line(form.Title), maxTitle)), fields(form.Fields)}
	err := a.respond(ctx, r, callback{discordgo.InteractionResponseModal, data}, nil, nil)
	if err == nil {
		r.stage = answered
	}
	return err
}

func checkForm(form chat.Form) error {
	if n := len(form.Fields); n < 1 || n > maxFields {
		return failed("form", chat.Refused, "a form has between one and five fields")
	}
	seen := map[string]bool{}
	for _, f := range form.Fields {
		if f.Name == "" || len(f.Name) > maxCustomID || seen[f.Name] || len(f.Choices) > maxChoices {
			return failed("form", chat.Refused, "a field has no name, one that is twice there, or more than 25 choices")
		}
		seen[f.Name] = true
		for _, c := range f.Choices {
			if c.Value == "" || units(c.Value) > maxChoiceText {
				return failed("form", chat.Refused, "a choice's value is empty or longer than 100 characters")
			}
		}
	}
	return nil
}
