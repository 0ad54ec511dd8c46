package local

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strconv"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

// filling is a form whose fields are asked one after another.
type filling struct {
	form   chat.Form
	reply  chat.ReplyHandle
	at     int
	values map[string]string
}

var errNoForm = errors.New("no form is open")

func (k *Console) filling() *filling {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.form
}

// begin asks the first question of a form that the bot has opened.
func (k *Console) begin(p Post) {
	f := &filling{form: *p.Form, reply: p.Reply, values: map[string]string{}}
	question := f.question()
	k.mu.Lock()
	k.form = f
	k.mu.Unlock()
	k.say(question)
}

func (k *Console) again(context.Context, string) (chat.Event, error) {
	f := k.filling()
	if f == nil {
		return nil, errNoForm
	}
	k.say(f.question())
	return nil, nil
}

func (k *Console) cancel(context.Context, string) (chat.Event, error) {
	if k.filling() == nil {
		return nil, errNoForm
	}
	k.mu.Lock()
	k.form = nil
	k.mu.Unlock()
	k.say("Left; nothing was sent.")
	return nil, nil
}

// fill takes the answer to the question that is open, and asks the next one or sends the form.
func (k *Console) fill(answer string) (chat.Event, error) {
	f := k.filling()
	field := f.form.Fields[f.at]
	value := meant(field, answer)
	if err := accepts(field, value); err != nil {
		return nil, err
	}
	f.values[field.Name] = value
	if f.at++; f.at < len(f.form.Fields) {
		k.say(f.question())
		return nil, nil
	}
	k.mu.Lock()
	k.form = nil
	k.mu.Unlock()
	return event(k.chat.Submit(k.user(), f.reply, maps.Clone(f.values)))
}

// question shows the field that is to be filled.
func (f *filling) question() string {
	field := f.form.Fields[f.at]
	var b strings.Builder
	fmt.Fprintf(&b, "? %d of %d  %s", f.at+1, len(f.form.Fields), plainLine(field.Label))
	if field.Hint != "" {
		fmt.Fprintf(&b, " (%s)", plainLine(field.Hint))
	}
	for i, c := range field.Choices {
		fmt.Fprintf(&b, "  %d %s", i+1, plainLine(c.Label))
	}
	switch {
	case field.Value != "":
		fmt.Fprintf(&b, "  empty keeps “%s”", plainLine(field.Value))
	case field.Optional:
		b.WriteString("  may stay empty")
	}
	return b.String()
}

// meant makes of what was typed the value of a field: nothing keeps what stands there, and a choice may
// be named by its number or its label.
func meant(f chat.Field, typed string) string {
	if typed == "" {
		return f.Value
	}
	if n, err := strconv.Atoi(typed); err == nil && n >= 1 && n <= len(f.Choices) {
		return f.Choices[n-1].Value
	}
	for _, c := range f.Choices {
		if strings.EqualFold(c.Label, typed) {
			return c.Value
		}
	}
	return typed
}
