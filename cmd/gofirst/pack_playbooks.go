package main

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/playbooks"
)

// played is a playbook as the dossier tells of it.
type played struct {
	ID                      string
	Own, Replaces           bool // it is the community's, perhaps in the place of a built-in one
	On                      bool // by the configuration
	About, Hypothesis, Harm string
	Practice, Delay         string
	Window, After           []chat.Node
	StopAt                  string
	Price                   string // private messages a person and week, at most; "0" for none
	Rules                   [][]chat.Node
	Settings                []fixable
}

// fixable is one setting of it.
type fixable struct {
	Name  string
	Value []string // as it would be typed; none: nothing yet
	Fixed bool     // commands cannot change it
	About string
}

func playedBy(c *config, language string) (all []played, err error) {
	for _, b := range c.books {
		p, err := c.played(b, language)
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	slices.SortStableFunc(all, func(a, b played) int { return strings.Compare(onFirst(a), onFirst(b)) })
	return all, nil
}

// onFirst sorts what is on before what is off, and each by name.
func onFirst(p played) string {
	if p.On {
		return "0" + p.ID
	}
	return "1" + p.ID
}

func (c *config) played(b book, language string) (p played, err error) {
	var given map[string]any
	on := slices.IndexFunc(c.on, func(o turnedOn) bool { return o.id == b.ID })
	if on >= 0 {
		given = c.on[on].settings
	}
	values, err := b.Fill(given)
	if err != nil {
		return p, err
	}
	words, err := bot.Describe(language, &playbooks.Instance{Playbook: b.Playbook, Settings: values})
	p = played{
		ID: b.ID, On: on >= 0, About: said(b.About, language), Hypothesis: said(b.Hypothesis, language), Harm: said(b.Harm, language),
		Practice: b.Measure.Practice, Window: words.Window, After: words.After, StopAt: figure(b.Stop.Harm),
		Price: figure(playbooks.Price(b.Playbook)), Rules: words.Rules, Settings: fixables(b.Playbook, values, given, language),
	}
	if b.Measure.Delay > 0 {
		p.Delay = figure(100 * b.Measure.Delay)
	}
	if source, err := playbooks.Source(b.ID); err != nil || !bytes.Equal(source, b.source) {
		p.Own, p.Replaces = true, err == nil
	}
	return p, err
}

// said is a text of a playbook in a language, in the form of address that suits a page.
func said(t playbooks.Text, language string) string {
	return playbooks.Typeset(language, t.In(language, true, 0))
}

// fixables lists the settings of a playbook, each with what differs from it in single rooms.
func fixables(p *playbooks.Playbook, values playbooks.Values, given map[string]any, language string) (all []fixable) {
	for _, s := range p.Settings {
		names := slices.DeleteFunc(keys(values), func(name string) bool {
			base, _, _ := strings.Cut(name, "@")
			return base != s.Name
		})
		if _, filled := values[s.Name]; !filled {
			names = slices.Insert(names, 0, s.Name)
		}
		for _, name := range names {
			_, fixed := given[name]
			all = append(all, fixable{name, valueShown(s, values[name]), fixed, said(s.About, language)})
		}
	}
	return all
}

// valueShown is a setting's value as people type it.
func valueShown(s playbooks.Setting, value any) (out []string) {
	switch value := value.(type) {
	case []string:
		for _, v := range value {
			if s.Type == "channels" {
				v = "#" + strings.TrimPrefix(v, "#")
			}
			out = append(out, v)
		}
	case float64:
		out = append(out, figure(value))
	case string:
		out = append(out, value)
	}
	return out
}

func figure(f float64) string { return strconv.FormatFloat(f, 'g', 3, 64) }
