package discordtest

import (
	"context"
)

// Answered waits until the bot has answered in one of the ways that there are, and not only put it off.
func (d *Deed) Answered(ctx context.Context) error {
	return d.until(ctx, func(x *interaction) bool { return x.answered != 0 })
}

// Withdrawn waits until a deferred answer was taken back.
func (d *Deed) Withdrawn(ctx context.Context) error {
	return d.until(ctx, func(x *interaction) bool { return x.withdrawn })
}

func (d *Deed) until(ctx context.Context, is func(*interaction) bool) error {
	for {
		d.s.mu.Lock()
		done, changed := is(d.x), d.s.changed
		d.s.mu.Unlock()
		if done {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// First is the type of the first answer, as the service's documents number them; 0 while there is none.
func (d *Deed) First() int {
	d.s.mu.Lock()
	defer d.s.mu.Unlock()
	return d.x.answered
}

// Form is a form as a person sees it.
type Form struct {
	ID, Title string
	Inputs    []Input
}

// Input is one question of a form.
type Input struct {
	Name, Label, Hint, Value string
	Long, Optional           bool
	Choices                  []Choice
}

// Form gives the form that the deed was answered with; without inputs where it was not.
func (d *Deed) Form() Form {
	d.s.mu.Lock()
	defer d.s.mu.Unlock()
	text := func(m map[string]any, key string) string { s, _ := m[key].(string); return s }
	f := Form{ID: text(d.x.modal, "custom_id"), Title: text(d.x.modal, "title")}
	fields, _ := d.x.modal["components"].([]any)
	for _, v := range fields {
		label, _ := v.(map[string]any)
		in, _ := label["component"].(map[string]any)
		one := Input{
			Name: text(in, "custom_id"), Label: text(label, "label"), Hint: text(label, "description"), Value: text(in, "value"),
			Long: in["style"] == 2.0, Optional: in["required"] == false,
		}
		options, _ := in["options"].([]any)
		for _, o := range options {
			x, _ := o.(map[string]any)
			one.Choices = append(one.Choices, Choice{text(x, "label"), text(x, "value")})
		}
		f.Inputs = append(f.Inputs, one)
	}
	return f
}
