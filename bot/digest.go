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
	digestChanged = 1
)

// floor is the least number of waits behind a figure that is shown. Each is another question of, mostly, another
// person; where a store could tell who asked, it would be people.
const floor = 8

// gather looks at what happened in a room until now, for a digest that was planned at a moment; about names the one, if
// there is one already. What was only seen is not shown, nor what was taken back.
func (t *turn) gather(place store.Place, b playbooks.Bound, planned time.Time, about string) (f found, err error) {
	since, err := t.digestSince(place, b, planned, about)
	if err != nil {
		return f, err
	}
	acts, err := t.tx.Acts(store.ActQuery{Conn: t.conn.Name, Place: place.ID, Since: since})
	if err != nil {
		return f, err
	}
	for _, a := range acts {
		t.sort(&f, place, a)
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

// sort puts an act where a digest shows it: in public, as its author declared it, and thanks as far as somebody may be
// named. Whoever was forgotten has left nothing to show.
func (t *turn) sort(f *found, place store.Place, a store.Act) {
	switch {
	case a.Audience == audiencePrivate || a.Author == 0:
	case a.Kind == actThanks && a.Words != "" && len(t.thanked(t.tongueIn(place), a)) > 0:
		f.thanks = append(f.thanks, a)
	case !a.Declared:
	case (a.Kind == actShare || a.Kind == actExample) && a.Message != "":
		f.examples = append(f.examples, a)
	case a.Kind == actAdopt && a.Message != "":
		f.adopted = append(f.adopted, a)
	case a.Kind == "changed" && a.Words != "": // as whoever decides something openly says it
		f.changed = append(f.changed, a)
	}
}

// digestSince is from when on a digest looks: as far back as its rule says, twice as far where it comes every other
// week, and never beyond the last one. So nothing is shown twice, whatever comes between.
func (t *turn) digestSince(place store.Place, b playbooks.Bound, planned time.Time, about string) (time.Time, error) {
	since := planned.Add(-digestOf(b.Rule).Of.From(planned, t.roomHours(place)).Sub(planned))
	if b.Planned(string(place.Channel)).Every == calendar.Fortnightly {
		since = earlier(since, planned.AddDate(0, 0, -14))
	}
	last, err := t.tx.LastPosted(place.ID, b.Instance.Playbook.ID, b.Rule.Name, about, planned)
	if err != nil || last.Before(since) {
		return since, err
	}
	return last, nil
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// digest prepares a digest.
func (t *turn) digest(b playbooks.Bound, step int, a playbooks.Digest, c cause) error {
	d := t.delivery(b, step, c, a.Expires)
	d.Text = a.As
	return t.queue(b, d)
}

// composeDigest writes the lines. It looks again at the moment of sending: what was settled since is not shown.
func (t *turn) composeDigest(g tongue, out *draft, a playbooks.Digest) error {
	b, err := t.boundOf(out.w.place, t.books[out.d.Playbook], out.d.Rule)
	if err != nil {
		return err
	}
	f, err := t.gather(out.w.place, b, out.d.Created, out.d.Subject)
	if err != nil {
		return err
	}
	out.message.Body = t.digestLines(g, out.w.place, b, f)
	out.message.Buttons = t.buttons(g, out.d.Key, t.digestButtons(out, a, f))
	if out.d.Recipient != 0 {
		out.message.Body = append(out.message.Body, chat.Text("\n"))
		out.message.Body = append(out.message.Body, t.texts.say(g, "digest.copy", nil)...)
	}
	return nil
}

// digestButtons are those of the rule, without "I take one" where nothing is open. A person's own copy offers no more
// than concerns that person.
func (t *turn) digestButtons(out *draft, a playbooks.Digest, f found) []string {
	if out.d.Recipient != 0 {
		a.Buttons = []string{choiceTakeOne, choiceNoMore, "why"}
	}
	return slices.DeleteFunc(slices.Clone(a.Buttons), func(choice string) bool { return choice == choiceTakeOne && len(f.open) == 0 })
}

// digestOf is the digest that a rule writes; nil where it writes none.
func digestOf(r *playbooks.Rule) *playbooks.Digest {
	for _, a := range r.Do {
		if d, ok := a.(playbooks.Digest); ok {
			return &d
		}
	}
	return nil
}

func first[T any](list []T, n int) []T { return list[:min(n, len(list))] }
