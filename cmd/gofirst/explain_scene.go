package main

import (
	"fmt"
	"slices"
	"time"

	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/replay"
	"github.com/gofirst/gofirst/playbooks"
)

// scene tells a scene, unless nothing was decided in it at the time that is asked for.
func (r *retracing) scene(s replay.Transcript, played replay.Retraced) error {
	t := teller{played.Engine, played.Zone}
	var books []*playbooks.Playbook
	for _, in := range played.On {
		books = append(books, in.Playbook)
	}
	only, err := rulesMeant(r.Rule, books)
	if err != nil {
		return fmt.Errorf("%s: %w", s.Title, err)
	}
	all := slices.DeleteFunc(slices.Clone(played.Traces), func(d bot.Trace) bool { return d.Playbook == "" || !only.has(d.Rule) })
	for _, d := range all {
		r.times = append(r.times, t.clock(d.At))
	}
	asked := r.from(t, all)
	if len(asked) == 0 {
		return nil
	}
	if r.b.Len() > 0 {
		r.b.WriteString("\n")
	}
	fmt.Fprintf(&r.b, "%s:%d  %s\n", s.File, s.Line, s.Title)
	for _, in := range played.On {
		if only.in(in.Playbook) {
			r.book(t, in, only, asked)
		}
	}
	r.said(t, played, asked)
	return nil
}

// from gives what was decided at the time that is asked for, and what became of just that later on.
func (r *retracing) from(t teller, all []bot.Trace) (out []bot.Trace) {
	begun := map[[3]string]bool{}
	for _, d := range all {
		about := [3]string{d.Playbook, d.Rule, d.Subject}
		switch {
		case r.then(t, d.At):
			begun[about] = true
		case d.Step == bot.Decided, !begun[about]:
			continue
		}
		out = append(out, d)
	}
	return out
}

func (r *retracing) book(t teller, in *playbooks.Instance, only rules, asked []bot.Trace) {
	fmt.Fprintf(&r.b, "\n%s\n", in.Playbook.ID)
	for _, one := range in.Playbook.Rules {
		if !only.has(one.Name) {
			continue
		}
		decided := slices.DeleteFunc(slices.Clone(asked), func(d bot.Trace) bool {
			return d.Playbook != in.Playbook.ID || d.Rule != one.Name
		})
		t.tell(&r.b, one, decided, "does not look then: it speaks "+t.engine.TriggerWords("en", playbooks.Bound{Instance: in, Rule: one}))
	}
}

// said shows the words, as a transcript has them.
func (r *retracing) said(t teller, played replay.Retraced, asked []bot.Trace) {
	heading := "\nIn words:\n"
	for _, s := range played.Said {
		if slices.ContainsFunc(asked, func(d bot.Trace) bool {
			return d.Step == bot.Said && d.At.Truncate(time.Microsecond).Equal(s.At.Truncate(time.Microsecond))
		}) {
			fmt.Fprintf(&r.b, "%s  %s\n", heading, s.Text)
			heading = ""
		}
	}
}
