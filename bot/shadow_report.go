package bot

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// shadowRead bounds how much of the journal a report reads.
const shadowRead = 20_000

// shadowCount is what a shadow has counted.
type shadowCount struct {
	outcome
	rules  []string // that would have spoken, in order of their names
	spoken map[string]int
}

// countShadow reads from the journal what a playbook decided in a stretch of time.
func (t *turn) countShadow(space chat.SpaceID, book string, since, until time.Time) (shadowCount, error) {
	out := shadowCount{outcome: newOutcome(), spoken: map[string]int{}}
	entries, err := t.tx.JournalOf(t.conn.Name, space, book, shadowRead)
	if err != nil {
		return out, err
	}
	for _, e := range entries {
		reason := chat.Reason(e.Reason)
		switch {
		case e.At.Before(since) || e.At.After(until) || reason == chat.RuleFired:
		case reason == chat.Shadow:
			out.spoken[e.Rule]++
			if err := t.linkOf(&out, e.Subject); err != nil {
				return out, err
			}
		default:
			out.quiet[reason]++
		}
	}
	out.rules = sortedKeys(out.spoken)
	return out, nil
}

// linkOf adds the question that a decision was about.
func (t *turn) linkOf(out *shadowCount, subject string) error {
	id, err := strconv.ParseInt(strings.TrimPrefix(subject, "q"), 10, 64)
	if err != nil || !strings.HasPrefix(subject, "q") {
		return nil
	}
	q, ok, err := t.tx.QuestionByID(id)
	if err != nil || !ok {
		return err
	}
	place, ok, err := t.tx.PlaceByID(q.Place)
	if ok {
		out.shows(place.Channel, q.Message)
	}
	return err
}

// shadowPage says what came of a shadow. Links are added by whoever can ask the service what the reader may see.
func (t *turn) shadowPage(g tongue, book string, since, until time.Time, count shadowCount) *page {
	p := t.page(g)
	p.say("shadow.report", holes{
		"playbook": {chat.Code(book)}, "since": t.texts.moment(g, since, t.now), "until": t.texts.moment(g, until, t.now),
	})
	for _, rule := range count.rules {
		p.sayN("shadow.spoken", count.spoken[rule], holes{"rule": text(rule)})
	}
	if len(count.rules) == 0 {
		p.say("past.nothing", nil)
	}
	t.quietLine(p, &count.outcome)
	return p
}

// shadowReport answers with what a shadow that runs, or the last one that ran, has counted so far.
func (t *turn) shadowReport(c *call, w wished) error {
	since, until, ok, err := t.lastShadow(w)
	if err != nil {
		return err
	}
	if !ok {
		return t.tellBack(c, "shadow.none", holes{"playbook": {chat.Code(w.book.ID)}, "example": t.typed(c.g, "type.dryrun", w.book)})
	}
	count, err := t.countShadow(w.space, w.book.ID, since, until)
	if err != nil {
		return err
	}
	p, see, e := t.shadowPage(c.g, w.book.ID, since, until, count), t.sightOf(c), t.Engine
	t.answerSeen(c, p, func(ctx context.Context, p *page) {
		e.exampleLine(ctx, p, &count.outcome, see)
		p.say("shadow.then", holes{"command": e.typed(p.g, "type.enable", w.book)})
	})
	return nil
}

// lastShadow finds from when to when the last shadow ran, from the chain: it is there also when the shadow is over.
func (t *turn) lastShadow(w wished) (since, until time.Time, ok bool, err error) {
	links, err := t.tx.Links(chainSteward)
	if err != nil {
		return since, until, false, err
	}
	until = t.now
	for _, l := range slices.Backward(links) {
		var was change
		if json.Unmarshal([]byte(l.Data), &was) != nil || was.Conn != t.conn.Name || was.Space != w.space || was.Playbook != w.book.ID {
			continue
		}
		switch was.What {
		case "shadow ended":
			until = l.At
		case "shadow begun":
			return l.At, until, true, nil
		}
	}
	return since, until, false, nil
}

// shadowOver ends a shadow at its time, and reports to the stewards, each once and in private.
func (t *turn) shadowOver(w store.Watch) error {
	var s shadow
	if json.Unmarshal([]byte(w.Data), &s) != nil {
		return nil
	}
	if err := t.leaveShadow(w.Space, w.Playbook); err != nil {
		return err
	}
	place := store.Place{Conn: t.conn.Name, Space: w.Space}
	slot := strings.Join([]string{watchShadow, w.Playbook, strconv.FormatInt(s.Since.Unix(), 10), strconv.FormatInt(t.now.Unix(), 10)}, "/")
	for _, user := range t.conn.runBy.all() {
		person, err := t.person(user)
		if err != nil {
			return err
		}
		if err := t.notice(noticeShadow, place, person.ID, cause{place: place, slot: slot}, t.roleMark(user)); err != nil {
			return err
		}
	}
	return nil
}

// composeShadow writes the report of a shadow that is over. It names no room and links to nothing: what its reader may
// see can only be asked by command.
func (t *turn) composeShadow(g tongue, out *draft) error {
	parts := strings.Split(out.cause.slot, "/")
	if len(parts) != 4 {
		return nil
	}
	since, err := strconv.ParseInt(parts[2], 10, 64)
	if err != nil {
		return err
	}
	until, err := strconv.ParseInt(parts[3], 10, 64)
	if err != nil {
		return err
	}
	from, to := time.Unix(since, 0).UTC(), time.Unix(until, 0).UTC()
	count, err := t.countShadow(out.d.Space, parts[1], from, to)
	if err != nil {
		return err
	}
	p := t.shadowPage(g, parts[1], from, to, count)
	p.say("shadow.over", holes{"command": {chat.Code(t.texts.word(g, "type.dryrun") + " " + parts[1] + " " + t.texts.word(g, "type.report"))}})
	out.message.Body = p.body
	return nil
}

// all are the accounts of the stewards, as far as they are known.
func (s *stewards) all() (out []chat.UserID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, name := range sortedKeys(s.known) {
		if !slices.Contains(out, s.known[name]) {
			out = append(out, s.known[name])
		}
	}
	return out
}
