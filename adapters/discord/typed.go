package discord

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"github.com/gofirst/gofirst/bot/chat"
)

// understand keeps what is needed to read commands, and what is offered while one types.
func (a *Adapter) understand(commands []chat.Command, actions []chat.Action) {
	suggest, options, labels := map[string][]string{}, map[string][]chat.Option{}, map[string]string{}
	for _, c := range commands {
		options[c.Name] = c.Options
		for _, o := range c.Options {
			suggest[c.Name+" "+o.Name] = o.Suggest
		}
	}
	for _, x := range actions {
		labels[menuKey(orDots(cutRunes(line(x.Label), maxName)), x.OnPerson)] = x.Name
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.suggest, a.options, a.labels = suggest, options, labels
}

func menuKey(label string, onPerson bool) string { return fmt.Sprint(onPerson, " ", label) }

// action gives the name of a menu's entry; before it was registered by this process, its label.
func (a *Adapter) action(label string, kind int) string {
	a.mu.Lock()
	defer a.mu.Unlock()
	if name, ok := a.labels[menuKey(label, kind == int(discordgo.UserApplicationCommand))]; ok {
		return name
	}
	return label
}

// typed writes a command as it would be typed: its name, and its options in our order, each after its lead.
func (a *Adapter) typed(options []wireOption) string {
	if len(options) == 0 {
		return ""
	}
	sub := options[0]
	a.mu.Lock()
	known := a.options[sub.Name]
	a.mu.Unlock()
	words := []string{sub.Name}
	if sub.Name == anything {
		words = nil
	}
	add := func(o wireOption, lead string) {
		value := strings.TrimSpace(o.text())
		if o.Type == int(discordgo.ApplicationCommandOptionChannel) {
			value = "<#" + value + ">"
		}
		if value != "" {
			words = append(words, strings.TrimSpace(lead+" "+value))
		}
	}
	for _, k := range known {
		for _, o := range sub.Options {
			if o.Name == k.Name {
				add(o, k.Lead)
			}
		}
	}
	for _, o := range sub.Options {
		if !slices.ContainsFunc(known, func(k chat.Option) bool { return k.Name == o.Name }) {
			add(o, "")
		}
	}
	return strings.Join(words, " ")
}

// offer answers while somebody types: first what begins as they do, then what holds it.
func (a *Adapter) offer(ctx context.Context, r *reply, x wireInteraction) {
	type choice struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}
	choices := []choice{}
	for _, s := range a.matching(x.Data.Options) {
		if len(choices) < maxChoices && s != "" && units(s) <= maxChoiceText {
			choices = append(choices, choice{s, s})
		}
	}
	c := callback{discordgo.InteractionApplicationCommandAutocompleteResult, map[string][]choice{"choices": choices}}
	if err := a.respond(ctx, r, c, nil, nil); err != nil {
		a.cfg.Log.Debug("suggestions came too late", "error", err)
	}
}

func (a *Adapter) matching(options []wireOption) []string {
	if len(options) == 0 {
		return nil
	}
	for _, o := range options[0].Options {
		if !o.Focused {
			continue
		}
		a.mu.Lock()
		all := a.suggest[options[0].Name+" "+o.Name]
		a.mu.Unlock()
		typed := strings.ToLower(o.text())
		var begin, hold []string
		for _, s := range all {
			switch low := strings.ToLower(s); {
			case strings.HasPrefix(low, typed):
				begin = append(begin, s)
			case strings.Contains(low, typed):
				hold = append(hold, s)
			}
		}
		return append(begin, hold...)
	}
	return nil
}
