package bot

import (
	"strings"
	"unicode/utf8"

	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// digestLines writes a digest: eight lines at most, each about something else.
func (t *turn) digestLines(g tongue, place store.Place, b playbooks.Bound, f found) []chat.Node {
	w := &digestWriter{turn: t, g: g, lines: digestOf(b.Rule).Lines}
	head := "head"
	if b.Planned(string(place.Channel)).Every == calendar.Fortnightly && w.lines["fortnight"] != nil {
		head = "fortnight"
	}
	w.line(head, holes{"room": {chat.Room{Channel: place.Channel}}})
	for _, a := range first(f.examples, 1) {
		w.act("example", a)
		if a.Why != "" {
			w.line("why", holes{"words": t.texts.say(g, "quoted", holes{"words": oneLine(a.Why)})})
		}
	}
	for _, a := range first(f.adopted, digestAdopted) {
		w.act("adopted", a)
	}
	if len(f.open) > 0 {
		w.line("open", holes{"links": w.questionLinks(g, place, first(f.open, digestOpen))})
	}
	for _, a := range first(f.thanks, digestThanks) {
		w.line("thanks", holes{"receivers": t.thanked(g, a), "words": oneLine(a.Words)})
	}
	for _, a := range first(f.changed, digestChanged) {
		w.line("changed", holes{"words": oneLine(a.Words), "link": t.actLink(a)})
	}
	if f.median > 0 {
		w.line("number", holes{"median": t.lasting(g, f.median)})
	}
	return w.body
}

// digestWriter writes line after line.
type digestWriter struct {
	*turn
	g     tongue
	lines map[string]*playbooks.Text
	body  []chat.Node
}

func (w *digestWriter) line(part string, fill holes) {
	text := w.lines[part]
	if text == nil {
		return
	}
	if len(w.body) > 0 {
		w.body = append(w.body, chat.Text("\n"))
	}
	w.body = append(w.body, w.texts.fill(w.g, text.In(w.g.language, w.g.formal, 0), fill)...)
}

func (w *digestWriter) act(part string, a store.Act) {
	w.line(part, holes{"author": w.mention(w.g, a.Author), "did": text(w.did(a)), "link": w.actLink(a)})
}

// did says what somebody did who shared something, by the kind that they gave it.
func (w *digestWriter) did(a store.Act) string {
	switch {
	case a.Kind == actExample:
		return w.texts.word(w.g, "digest.did.example")
	case w.texts.has(w.g, "digest.did."+a.Practice):
		return w.texts.word(w.g, "digest.did."+a.Practice)
	}
	return w.texts.word(w.g, "digest.did.wip")
}

// lineMost is how much of somebody's words a line shows, in characters; the link leads to the rest.
const lineMost = 160

// oneLine gives somebody's words as a line has room for them, cut between words.
func oneLine(words string) []chat.Node {
	words = strings.Join(strings.Fields(words), " ")
	if utf8.RuneCountInString(words) <= lineMost {
		return text(words)
	}
	cut := string([]rune(words)[:lineMost])
	if at := strings.LastIndex(cut, " "); at > lineMost/2 {
		cut = cut[:at]
	}
	return text(strings.TrimRight(cut, " ,;:.") + "…")
}

func (t *turn) questionLinks(g tongue, place store.Place, open []store.Question) []chat.Node {
	var out []chat.Node
	for i, q := range open {
		if i > 0 {
			out = append(out, chat.Text(" · "))
		}
		out = append(out, chat.PostLink{Channel: place.Channel, Message: q.Message, Label: t.texts.word(g, "questions.link")})
	}
	return out
}
