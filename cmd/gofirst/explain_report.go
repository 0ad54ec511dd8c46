package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/question"
	"github.com/gofirst/gofirst/bot/replay"
	"github.com/gofirst/gofirst/playbooks"
)

// report tells what came of the message.
func (w *world) report(to io.Writer) error {
	var b strings.Builder
	if w.text == "" {
		fmt.Fprintf(&b, "A week in #%s from %s on, in which people write nothing that a rule looks at:\n", w.room, w.clock(w.at))
	} else {
		fmt.Fprintf(&b, "%s  %s in #%s: %s\n", w.clock(w.at), w.author, w.room, oneLine(w.text))
		fmt.Fprintf(&b, "%s\n\nIf nobody answers for a week:\n", w.heard())
	}
	for _, on := range w.on {
		w.reportBook(&b, on)
	}
	w.reportSaid(&b)
	w.reportAssumed(&b)
	_, err := io.WriteString(to, b.String())
	return err
}

// heard says what the message is taken for.
func (w *world) heard() string {
	v := question.Detect(w.text)
	share := bot.LooksLikeShare(chat.MessagePosted{Text: w.text})
	switch {
	case v.Question && v.Seeks:
		return fmt.Sprintf("It is taken for a question (%.2f) that seeks help.", v.Score)
	case v.Seeks:
		return fmt.Sprintf("It asks nothing outright (%.2f), but seeks help, and so counts as a question.", v.Score)
	case v.Question:
		return fmt.Sprintf("It is taken for a question (%.2f) that seeks no help from the room: it is left alone.", v.Score)
	case share:
		return fmt.Sprintf("It is taken for no question (%.2f), but, by its length, for something shown: a share.", v.Score)
	}
	return fmt.Sprintf("It is taken for no question (%.2f), and is too short for a share: nothing follows from it.", v.Score)
}

func (w *world) reportBook(b *strings.Builder, on turnedOn) {
	p := w.config.book(on.id)
	if !w.only.in(p) {
		return
	}
	fmt.Fprintf(b, "\n%s\n", p.ID)
	values, err := p.Fill(on.settings)
	if err != nil {
		return // Enable said so
	}
	in := &playbooks.Instance{Playbook: p, Settings: values}
	for _, r := range p.Rules {
		if w.only.has(r.Name) {
			w.tell(b, r, w.decided(p.ID, r.Name), w.elsewhere(playbooks.Bound{Instance: in, Rule: r}))
		}
	}
}

// elsewhere says what a rule that did not look waits for.
func (w *world) elsewhere(r playbooks.Bound) string {
	setting := playbooks.Rooms(r.Rule.When)
	if rooms := r.Instance.Settings.Channels(setting); setting != "" && !slices.Contains(rooms, w.room) {
		return "does not look at it: it is not on in #" + w.room
	}
	words := "it speaks " + w.engine.TriggerWords("en", r)
	if w.text == "" {
		return "has nothing to look at in this week: " + words
	}
	return "does not look at it: " + words
}

// decided are the decisions of a rule about the message, and what became of them.
func (w *world) decided(book, rule string) []bot.Trace {
	return slices.DeleteFunc(slices.Clone(w.traces), func(t bot.Trace) bool {
		return t.Playbook != book || t.Rule != rule || t.Message != w.message && w.text != ""
	})
}

// reportSaid shows the words.
func (w *world) reportSaid(b *strings.Builder) {
	heading := "\nIn words:\n"
	for _, s := range w.stage.Said() {
		if !w.about(s) {
			continue
		}
		to := "#" + string(s.Channel)
		if s.To != "" {
			to = "@" + string(s.To) + " (private)"
		}
		fmt.Fprintf(b, "%s  %s  bot → %s\n", heading, w.clock(s.At), to)
		fmt.Fprintf(b, "      %s\n", strings.ReplaceAll(s.Text, "\n", "\n      "))
		if len(s.Buttons) > 0 {
			fmt.Fprintf(b, "      %s\n", labels(s.Buttons))
		}
		heading = ""
	}
}

func labels(buttons []chat.Button) string {
	var out []string
	for _, b := range buttons {
		out = append(out, "["+b.Label+"]")
	}
	return strings.Join(out, " ")
}

// about reports whether something was said because of the message.
func (w *world) about(s replay.Said) bool {
	return slices.ContainsFunc(w.traces, func(t bot.Trace) bool {
		return t.Step == bot.Said && (t.Message == w.message || w.text == "") && w.only.has(t.Rule) && t.Person == s.To && t.At.Truncate(time.Microsecond).Equal(s.At)
	})
}

// reportAssumed says what was made up.
func (w *world) reportAssumed(b *strings.Builder) {
	fmt.Fprintf(b, "\nAssumed: everybody is free and lives in %s", w.config.zone)
	for _, role := range keys(w.members) {
		fmt.Fprintf(b, "; %s said yes to being a %s", strings.Join(w.members[role], ", "), role)
	}
	if w.text == "" {
		fmt.Fprintf(b, "; people have long written in #%s on every working day", w.room)
	}
	b.WriteString(".\n")
}
