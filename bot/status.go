package bot

import (
	"slices"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// statusRead bounds what is counted for a status; from there on it says "at least".
const statusRead = 1000

// status tells a steward how the bot is: what is connected and on, what waits, why it held its tongue.
func (t *turn) status(c *call, space chat.SpaceID) error {
	p := t.page(c.g)
	t.connectionLines(p)
	for _, part := range []func(*page, chat.SpaceID) error{t.playbookLine, t.brokenLines, t.staleLine, t.openLine, t.deliveryLine, t.heldLines, t.watchLine, t.reasonLines} {
		if err := part(p, space); err != nil {
			return err
		}
	}
	if err := t.haltNote(p, space); err != nil {
		return err
	}
	t.answerSeen(c, p)
	return nil
}

// connectionLines tell how each connection is, what it missed and turned away since the process began, and what the
// bot cannot see on this one.
func (t *turn) connectionLines(p *page) {
	p.say("status.connections", nil)
	for _, c := range t.list() {
		state, since := c.how()
		p.say("line."+string(state), holes{
			"name": text(c.Name), "service": text(c.info.Service), "since": t.texts.moment(p.g, since, t.now),
		})
		tally := c.tally()
		for _, count := range []chat.Count{chat.Gaps, chat.RefusedSignature, chat.RefusedStale, chat.RefusedForeign, chat.RefusedBody} {
			if n := tally[count]; n > 0 {
				p.sayN("tally."+string(count), int(n), nil)
			}
		}
	}
	t.blindLines(p)
}

// tally is what the adapter missed and turned away, and what the engine did.
func (c *Connection) tally() map[chat.Count]int64 {
	sum := map[chat.Count]int64{chat.RefusedSignature: c.forged.Load(), chat.RefusedForeign: c.foreign.Load()}
	if tallier, ok := c.Adapter.(chat.Tallier); ok {
		for count, n := range tallier.Tally() {
			sum[count] += n
		}
	}
	return sum
}

// blindLines say what the service does not let the bot see.
func (t *turn) blindLines(p *page) {
	seen, ok := t.conn.sees()
	if !ok {
		return
	}
	for _, s := range []struct {
		id  string
		can bool
	}{{"sight.messages", seen.Messages}, {"sight.reactions", seen.Reactions}, {"sight.members", seen.Members}} {
		if !s.can {
			p.say(s.id, nil)
		}
	}
}

// sees tells what the service lets the bot see, where it has said so.
func (c *Connection) sees() (chat.Sight, bool) {
	seer, ok := c.Adapter.(chat.Seer)
	if !ok {
		return chat.Sight{}, false
	}
	s := seer.Sees()
	return s, s.Known
}

// blind adds to an answer that rests on messages that there are none to be read.
func (t *turn) blind(g tongue) []chat.Node {
	if seen, ok := t.conn.sees(); !ok || seen.Messages {
		return nil
	}
	return append(text("\n"), t.texts.say(g, "sight.messages", nil)...)
}

func (t *turn) playbookLine(p *page, key chat.SpaceID) error {
	space, err := t.spaceOf(spaceKey{t.conn.Name, key})
	if err != nil {
		return err
	}
	if ids := sortedKeys(space.instances); len(ids) > 0 {
		p.say("status.playbooks", holes{"playbooks": codes(ids)})
	} else {
		p.say("status.no_playbooks", nil)
	}
	for _, id := range sortedKeys(space.shadows) {
		words, err := t.shadowWords(p.g, key, t.books[id])
		if err != nil {
			return err
		}
		p.say("status.shadow", holes{"playbook": {chat.Code(id)}, "state": words})
	}
	return nil
}

func (t *turn) openLine(p *page, space chat.SpaceID) error {
	open, err := t.tx.OpenQuestions(t.conn.Name, space, 0, statusRead)
	open = slices.DeleteFunc(open, func(q store.Question) bool { return !isOpen(q) })
	p.sayN("status.open", len(open), nil)
	return err
}

// deliveryLine counts what is on its way over all connections: the store orders it by time, not by space.
func (t *turn) deliveryLine(p *page, _ chat.SpaceID) error {
	forever := t.now.AddDate(10, 0, 0)
	waiting, err := t.tx.DueDeliveries(forever, statusRead)
	if err != nil {
		return err
	}
	claimed, err := t.tx.LapsedClaims(forever, statusRead)
	if err != nil {
		return err
	}
	held := 0
	for _, d := range waiting {
		if d.State == store.Held {
			held++
		}
	}
	p.say("status.deliveries", holes{"pending": numeral(len(waiting) - held), "held": numeral(held), "claimed": numeral(len(claimed))})
	return nil
}

func (t *turn) watchLine(p *page, _ chat.SpaceID) error {
	watches, err := t.tx.DueWatches(t.now.AddDate(10, 0, 0), statusRead)
	p.sayN("status.watches", len(watches), nil)
	return err
}

// reasonLines counts why the bot spoke or not in the last seven days. What people chose for themselves (stop, pause,
// leave, a role, "leave it") is in no count: in a small team it would tell who.
func (t *turn) reasonLines(p *page, space chat.SpaceID) error {
	counts, err := t.tx.JournalCounts(t.now.Add(-week))
	if err != nil {
		return err
	}
	sum := map[string]int{}
	for _, c := range counts {
		if c.Conn == t.conn.Name && c.Space == space && !personal(chat.Reason(c.Reason)) {
			sum[c.Reason] += c.N
		}
	}
	p.say("status.reasons", holes{"since": t.texts.moment(p.g, t.now.Add(-7*24*time.Hour), t.now)})
	names := sortedKeys(sum)
	slices.SortStableFunc(names, func(a, b string) int { return sum[b] - sum[a] })
	for _, name := range names {
		p.say("status.reason", holes{"n": numeral(sum[name]), "reason": t.reason(p.g, chat.Reason(name))})
	}
	if len(names) == 0 {
		p.say("status.no_reasons", nil)
	}
	p.say("status.foot", nil)
	return nil
}

// personal reasons are choices of a person.
func personal(r chat.Reason) bool {
	return slices.Contains([]chat.Reason{chat.Stopped, chat.Paused, chat.Away, chat.NoRole, chat.LeftAlone}, r)
}
