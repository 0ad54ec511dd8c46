package mattermost

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/mattermost/mattermost/server/public/model"
)

// maxFields is how many questions a dialog may have.
const maxFields = 5

// forms holds the forms that wait for a person to open them, and what is too long for a dialog's state.
type forms struct {
	waiting *cache[string, waitingForm]
	states  *cache[string, formState]
}

type waitingForm struct {
	form  chat.Form
	reply *reply
}

func newForms(now func() time.Time) *forms {
	return &forms{
		waiting: newCache[string, waitingForm](now, replyLife, 2_000),
		states:  newCache[string, formState](now, formLife, 2_000),
	}
}

// OpenForm opens a dialog. Where the server does not take the trigger, as it is too old, a button is offered instead,
// that the person alone sees and that opens it.
func (a *Adapter) OpenForm(ctx context.Context, handle chat.ReplyHandle, trigger string, form chat.Form) error {
	const op = "form"
	x, ok := a.replies.find(handle)
	if !ok {
		return failed(op, chat.Gone, errSpent)
	}
	if a.cfg.Hooks == "" {
		return failed(op, chat.Refused, errors.New("forms need doors: set hooks"))
	}
	if err := checkForm(form); err != nil {
		return failed(op, chat.Refused, err)
	}
	ctx, cancel := context.WithTimeout(ctx, httpTimeout)
	defer cancel()
	if trigger != "" {
		answer, err := a.openDialog(ctx, trigger, form, x)
		if err == nil {
			x.show("")
			return nil
		}
		if !badTrigger(answer, err) {
			return failure(op, answer, err)
		}
	}
	if !x.use() {
		return failed(op, chat.Gone, errSpent)
	}
	name := secret()
	a.forms.waiting.keep(name, waitingForm{form, x})
	return a.deliverTo(ctx, op, x, "", func(channel string) []*model.MessageAttachment {
		return a.formButton(channel, form.Title, name)
	})
}

// badTrigger says whether it is the trigger that the server does not take. Of a missing or broken field it tells the
// name in its message alone.
func badTrigger(answer *model.Response, err error) bool {
	var app *model.AppError
	if answer == nil || !errors.As(err, &app) {
		return false
	}
	return strings.HasPrefix(app.Id, idTrigger) || strings.HasPrefix(app.Id, idBadField) && strings.Contains(app.Message, "trigger_id")
}

func (a *Adapter) openDialog(ctx context.Context, trigger string, form chat.Form, x *reply) (*model.Response, error) {
	return a.client.OpenInteractiveDialog(ctx, model.OpenDialogRequest{
		TriggerId: trigger, URL: a.cfg.Hooks + "/" + doorDialog, Dialog: a.dialogFor(form, x),
	})
}

// reopen opens a form that waits, for the person whom it was made for.
func (a *Adapter) reopen(ctx context.Context, p *model.PostActionIntegrationRequest, name string) (any, *refusal) {
	w, ok := a.forms.waiting.find(name)
	switch {
	case !ok:
		return pressAnswer{Text: a.expired(p.UserId), Skip: true}, nil
	case string(w.reply.user) != p.UserId:
		return nil, notForUs
	}
	ctx, cancel := context.WithTimeout(ctx, graceful)
	defer cancel()
	if answer, err := a.openDialog(ctx, p.TriggerId, w.form, w.reply); err != nil {
		a.log.Warn("a form could not be opened", "error", failure("form", answer, err))
		return pressAnswer{Text: a.expired(p.UserId), Skip: true}, nil
	}
	return pressAnswer{Skip: true}, nil
}

// expired says, in the person's language as the server knows it, that a form waits no longer.
func (a *Adapter) expired(user string) string {
	if u, ok := a.people.byID.find(user); ok && u.Locale == "fr" {
		return "Ce formulaire n’est plus ouvert. Relancez la commande, ou le bouton d’origine."
	}
	return "This form is no longer open. Give the command again, or press the first button again."
}

func checkForm(form chat.Form) error {
	switch {
	case len(form.Fields) == 0:
		return errors.New("the form has no fields")
	case len(form.Fields) > maxFields:
		return errors.New("the form has more than five fields")
	case form.Title == "":
		return errors.New("the form has no title")
	}
	return nil
}

// dialogFor gives the form as the server wants it. What is too long for a label goes where there is more room.
func (a *Adapter) dialogFor(form chat.Form, x *reply) model.Dialog {
	d := model.Dialog{
		CallbackId: "gofirst", Title: shortened(form.Title, model.DialogTitleMaxLength), SubmitLabel: shortened(form.Submit, model.DialogTitleMaxLength),
		State: a.pack(form, x),
	}
	if d.Title != form.Title {
		d.IntroductionText = escape(clean(form.Title), escaping{start: true})
	}
	for _, f := range form.Fields {
		d.Elements = append(d.Elements, element(f))
	}
	return d
}

func element(f chat.Field) model.DialogElement {
	e := model.DialogElement{
		DisplayName: shortened(f.Label, model.DialogElementDisplayNameMaxLength), Name: f.Name, Optional: f.Optional, HelpText: f.Hint,
	}
	if e.DisplayName != f.Label {
		e.HelpText = f.Label + " " + f.Hint
	}
	e.HelpText = shortened(e.HelpText, model.DialogElementHelpTextMaxLength)
	limit := 0
	switch {
	case len(f.Choices) > 0:
		e.Type, limit = "select", model.DialogElementSelectMaxLength
		for _, c := range f.Choices {
			e.Options = append(e.Options, &model.PostActionOptions{Text: c.Label, Value: c.Value})
		}
	case f.Long || f.Max > model.DialogElementTextMaxLength || len(f.Value) > model.DialogElementTextMaxLength:
		e.Type, limit = "textarea", model.DialogElementTextareaMaxLength
	default:
		e.Type, limit = "text", model.DialogElementTextMaxLength
	}
	e.MaxLength = limit
	if f.Max > 0 {
		e.MaxLength = min(f.Max, limit)
	}
	e.Default = shortened(f.Value, e.MaxLength)
	return e
}

// shortened keeps within a limit that the server counts in bytes.
func shortened(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	cut := limit - len("…")
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "…"
}
