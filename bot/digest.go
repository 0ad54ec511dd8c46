package bot

import (
	"slices"
	"time"

	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// found is what a digest would give back to a room.
type found struct {
	items    int
	examples []store.Act
	adopted  []store.Act
	thanks   []store.Act
	changed  []store.Act
	open     []store.Question
	median   time.Duration // 0: not enough people to say
}

// What a digest shows of each at most, so that it stays within eight lines.
const (
	digestAdopted = 1
	digestOpen    = 3
	digestThanks  = 1
)

// floor is the least number of waits behind a figure that is shown. Each is another question of, mostly, another
// person; where a store could tell who asked, it would be people.
const floor = 8

// gather looks at what happened in a room. What was only seen is not shown, nor what was taken back.
func (t *turn) gather(place store.Place, d playbooks.Digest) (f found, err error) {
	since := t.now.Add(-d.Of.From(t.now, t.roomHours(place)).Sub(t.now))
	acts, err := t.tx.Acts(store.ActQuery{Conn: t.conn.Name, Place: place.ID, Since: since})
	if err != nil {
		return f, err
	}
	for _, a := range acts {
		switch {
		case !a.Declared && a.Kind != actThanks:
		case a.Kind == actShare || a.Kind == actExample:
			f.examples = append(f.examples, a)
		case a.Kind == actAdopt:
			f.adopted = append(f.adopted, a)
		case a.Kind == actThanks && a.Audience == audiencePublic && len(t.thanked(t.tongueIn(place), a)) > 0:
			f.thanks = append(f.thanks, a)
		}
	}
	if f.open, err = t.tx.OpenQuestions(t.conn.Name, place.Space, place.ID, 50); err != nil {
		return f, err
	}
	f.open = slices.DeleteFunc(f.open, func(q store.Question) bool { return !isOpen(q) || q.At.Before(since) || !q.FirstReply.IsZero() })
	waits, err := t.tx.QuestionWaits(place.ID, since)
	if err != nil {
		return f, err
	}
	if len(waits) >= floor {
		slices.Sort(waits)
		f.median = waits[len(waits)/2]
	}
	f.items = len(f.examples) + len(f.adopted) + len(f.thanks) + len(f.changed) + len(f.open)
	return f, nil
}

// digest prepares a digest, unless the room takes it every other week and this is not its week.
func (t *turn) digest(b playbooks.Bound, step int, a playbooks.Digest, c cause) error {
	fortnight, _, err := t.tx.Setting(t.conn.Name, c.place.Space, fortnightName(c.place))
	if err != nil {
		return err
	}
	if week := calendar.WeekOf(t.now, t.zoneOf(c.place)); fortnight != "" && week.Number%2 == 1 {
		return nil
	}
	d := t.delivery(b, step, c, a.Expires)
	d.Text = a.As
	return t.queue(b, d)
}

func fortnightName(p store.Place) string { return "fortnight@" + string(p.Channel) }

// composeDigest writes the lines. It looks again at the moment of sending: what was settled since is not shown.
func (t *turn) composeDigest(g tongue, out *draft, a playbooks.Digest) error {
	body, err := t.digestBody(g, out.w.place, a)
	if err != nil {
		return err
	}
	out.message.Body = body
	out.message.Buttons = t.buttons(g, out.d.Key, a.Buttons)
	return nil
}

func (t *turn) digestBody(g tongue, place store.Place, a playbooks.Digest) ([]chat.Node, error) {
	f, err := t.gather(place, a)
	if err != nil {
		return nil, err
	}
	w := &digestWriter{turn: t, g: g, lines: a.Lines}
	w.line("head", holes{"room": {chat.Room{Channel: place.Channel}}})
	if len(f.examples) > 0 {
		w.act("example", f.examples[0])
		if why := f.examples[0].Why; why != "" {
			w.line("why", holes{"words": {chat.Quote{chat.Text(why)}}})
		}
	}
	for _, a := range first(f.adopted, digestAdopted) {
		w.act("adopted", a)
	}
	if len(f.open) > 0 {
		w.line("open", holes{"links": w.questionLinks(w.g, place, first(f.open, digestOpen))})
	}
	for _, a := range first(f.thanks, digestThanks) {
		w.line("thanks", holes{"receivers": t.thanked(w.g, a), "words": {chat.Text(a.Words)}})
	}
	for _, a := range first(f.changed, 1) {
		w.line("changed", holes{"words": {chat.Text(a.Words)}, "link": t.actLink(a)})
	}
	if f.median > 0 {
		w.line("number", holes{"median": t.lasting(g, f.median)})
	}
	return w.body, nil
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
	w.line(part, holes{"author": w.mention(w.g, a.Author), "link": w.actLink(a)})
}

func first[T any](list []T, n int) []T { return list[:min(n, len(list))] }

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
