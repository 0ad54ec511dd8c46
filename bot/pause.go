package bot

import (
	"slices"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// pauseLength is how long a pause lasts where nothing is said.
const pauseLength = "2w"

// pause keeps everything, or one playbook, quiet until a time, and says when it ends by itself.
func (t *turn) pause(c *call) error {
	if len(c.words) > 0 {
		switch normal(c.words[0]) {
		case "leave", "away", "conge", "conges", "absence", "vacances", "holiday", "holidays", "vacation":
			return t.leave(c, strings.Join(c.words[1:], " "))
		}
	}
	book, rest, near := t.bookSaid(c.text)
	if near != nil {
		return t.askBack(c, near)
	}
	until, ok := t.until(c, rest)
	if !ok {
		return t.tellBack(c, "pause.unclear", holes{"playbooks": t.bookNames()})
	}
	stopped, err := t.stopHolds(c)
	if err != nil {
		return err
	}
	fill := holes{"until": t.texts.moment(c.g, until, t.now), "stopped": stopped}
	if book == nil {
		c.who.PausedUntil = until
		return t.keepPerson(c, "pause.all", fill)
	}
	c.who.Prefs = prefsOf(c.who).pausing(book.ID, until, t.now).String()
	fill["playbook"] = []chat.Node{chat.Code(book.ID)}
	return t.keepPerson(c, "pause.playbook", fill)
}

// until reads when a pause ends; two weeks where nothing is said.
func (t *turn) until(c *call, words string) (time.Time, bool) {
	words = strings.Trim(words, " .!")
	if everything(words) {
		words = pauseLength
	}
	until, err := calendar.ParseUntil(words, t.now, c.g.zone)
	return until, err == nil
}

// away marks leave: the same as "pause leave".
func (t *turn) away(c *call) error { return t.leave(c, c.text) }

// leave takes "until Monday", "2w", or "from 2026-12-21 until 2027-01-04".
func (t *turn) leave(c *call, words string) error {
	from, end := t.now, words
	if begin, rest, ok := cutEnd(words); ok && begin != "" {
		at, understood := t.until(c, begin)
		if !understood {
			return t.tellBack(c, "away.unclear", nil)
		}
		from, end = at, rest
	}
	until, ok := t.until(c, end)
	if !ok || !until.After(from) {
		return t.tellBack(c, "away.unclear", nil)
	}
	c.who.AwayFrom, c.who.AwayUntil = from, until
	if from.After(t.now) {
		return t.keepPerson(c, "away.later", holes{"from": t.texts.moment(c.g, from, t.now), "until": t.texts.moment(c.g, until, t.now)})
	}
	return t.keepPerson(c, "away.now", holes{"until": t.texts.moment(c.g, until, t.now)})
}

// cutEnd parts "from A until B". Without a beginning it is all end.
func cutEnd(words string) (from, until string, ok bool) {
	list := strings.Fields(words)
	for i, word := range list {
		switch normal(word) {
		case "until", "till", "to", "jusqu'a", "jusqu'au", "au":
			from := list[:i]
			if len(from) > 0 && slices.Contains([]string{"from", "du", "de", "des", "depuis"}, normal(from[0])) {
				from = from[1:]
			}
			return strings.Join(from, " "), strings.Join(list[i+1:], " "), true
		}
	}
	return "", words, false
}

// keepPerson stores what changed about oneself and says it.
func (t *turn) keepPerson(c *call, id string, fill holes) error {
	if err := t.tx.UpdatePerson(c.who); err != nil {
		return err
	}
	if c.who.Prefs != "" {
		if err := t.tx.KeepSealed(c.who.ID, c.user); err != nil {
			return err
		}
	}
	return t.tellBack(c, id, fill)
}

// quiet reports whether a pause or leave of the person is running or planned.
func quiet(p store.Person, now time.Time) bool {
	return p.PausedUntil.After(now) || p.NotBefore.After(now) || p.AwayUntil.After(now) || prefsOf(p).Pauses != ""
}

// pausedFor says until when a person paused one playbook; zero where they did not. Pauses stand in the preferences
// as "playbook until;playbook until".
func (p prefs) pausedFor(playbook string) time.Time {
	if playbook == "" || p.Pauses == "" {
		return time.Time{}
	}
	for _, entry := range strings.Split(p.Pauses, ";") {
		if id, at, _ := strings.Cut(entry, " "); id == playbook {
			until, _ := time.Parse(time.RFC3339, at)
			return until
		}
	}
	return time.Time{}
}

// pausing gives the preferences with one playbook paused until then; the zero time ends its pause. What has passed
// by now is dropped on the way.
func (p prefs) pausing(playbook string, until, now time.Time) prefs {
	entries := slices.DeleteFunc(strings.Split(p.Pauses, ";"), func(entry string) bool {
		id, at, _ := strings.Cut(entry, " ")
		old, _ := time.Parse(time.RFC3339, at)
		return id == "" || id == playbook || !old.After(now)
	})
	if !until.IsZero() {
		entries = append(entries, playbook+" "+until.UTC().Format(time.RFC3339))
	}
	p.Pauses = strings.Join(entries, ";")
	return p
}
