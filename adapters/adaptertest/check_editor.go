package adaptertest

import (
	"slices"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

func editorChecks() []check {
	needs := []Part{Sending}
	return []check{
		{"Editor: edit and delete, twice", needs, editsTwice},
		{"Editor: gone is Gone", needs, editsGone},
		{"Editor: what is edited is safe, and has the buttons that were given", needs, editsSafely},
		{"Editor: a text that is too long is Refused", needs, editsTooLong},
	}
}

func editsTwice(t *trial) {
	a, s := t.open()
	e := ability[chat.Editor](t, a)
	sent := t.send(a, note(s, 1, "before"))
	for range 2 {
		t.fine("Edit", e.Edit(t.Context(), sent.Channel, sent.Message, note(s, 1, "after")))
	}
	if m := t.seen(s, sent.Message); !same(m.Text, "after") {
		t.Errorf("after Edit people see %q", m.Text)
	}
	t.stands(s, 1)
	t.fine("Delete", e.Delete(t.Context(), sent.Channel, sent.Message))
	if err := e.Delete(t.Context(), sent.Channel, sent.Message); err != nil {
		t.kind(err, "a second Delete", chat.Gone)
	}
	t.stands(s, 0)
}

func editsGone(t *trial) {
	a, s := t.open()
	e := ability[chat.Editor](t, a)
	sent := t.send(a, note(s, 1, "before"))
	t.fine("Delete", e.Delete(t.Context(), sent.Channel, sent.Message))
	t.kind(e.Edit(t.Context(), sent.Channel, sent.Message, note(s, 1, "after")), "Edit of a deleted message", chat.Gone)
	t.kind(e.Edit(t.Context(), s.Channel(), "no-such-message", note(s, 1, "after")), "Edit of no message", chat.Gone, chat.Refused)
	t.stands(s, 0)
}

func editsSafely(t *trial) {
	a, s := t.open()
	e := ability[chat.Editor](t, a)
	sent := t.send(a, buttoned(s))
	d := buttoned(s)
	for _, labels := range [][]string{{"No"}, nil} {
		d.Message.Body = []chat.Node{chat.Text("settled: <!channel> @everyone *b* & <@U1>")}
		d.Message.Buttons = nil
		for _, label := range labels {
			d.Message.Buttons = append(d.Message.Buttons, chat.Button{Label: label, Value: d.Key + ".no.abcdefghijklmnop"})
		}
		t.fine("Edit", e.Edit(t.Context(), sent.Channel, sent.Message, d))
		m := t.seen(s, sent.Message)
		if !same(m.Text, "settled: <!channel> @everyone *b* & <@U1>") || len(m.Pings) != 0 {
			t.Errorf("an edit is seen as %q and pings %v", m.Text, m.Pings)
		}
		if !t.not(Buttons) && !slices.Equal(m.Buttons, labels) {
			t.Errorf("after an edit with the buttons %q people see %q", labels, m.Buttons)
		}
	}
}

func editsTooLong(t *trial) {
	a, s := t.open()
	e := ability[chat.Editor](t, a)
	limit := t.limit(a)
	sent := t.send(a, note(s, 1, "before"))
	err := e.Edit(t.Context(), sent.Channel, sent.Message, note(s, 1, strings.Repeat("a", limit+1)))
	t.kind(err, "Edit with a text that is too long", chat.Refused)
	if m := t.seen(s, sent.Message); !same(m.Text, "before") {
		t.Errorf("after an edit that was refused people see %.80q", m.Text)
	}
}
