package bot

import (
	"slices"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// heldShown is how many kinds of held messages a status lists.
const heldShown = 10

// held is what waits for the same reason, by the same rule.
type held struct {
	playbook, rule string
	reason         chat.Reason
	n              int
	until          time.Time // of the first
}

// heldLines say what holds the messages of a space, and until when, without a word of whom they are for. What somebody
// chose for themselves has no line: with its end it would tell who.
func (t *turn) heldLines(p *page, space chat.SpaceID) error {
	waiting, err := t.tx.DueDeliveries(t.now.AddDate(10, 0, 0), statusRead)
	if err != nil {
		return err
	}
	var all []held
	for _, d := range waiting {
		reason := chat.Reason(d.Reason)
		if d.Conn != t.conn.Name || d.Space != space || d.State != store.Held || personal(reason) {
			continue
		}
		at := slices.IndexFunc(all, func(h held) bool { return h.playbook == d.Playbook && h.rule == d.Rule && h.reason == reason })
		if at < 0 {
			all = append(all, held{d.Playbook, d.Rule, reason, 0, d.Due})
			at = len(all) - 1
		}
		all[at].n++
	}
	for _, h := range first(all, heldShown) {
		p.sayN("status.held", h.n, holes{
			"playbook": t.sourceWords(p.g, h.playbook), "rule": t.ruleWords(p.g, h),
			"reason": t.reason(p.g, h.reason), "until": t.texts.moment(p.g, h.until, t.now),
		})
	}
	return nil
}

// sourceWords name the playbook that wants to speak, or the bot itself.
func (t *turn) sourceWords(g tongue, playbook string) []chat.Node {
	if playbook == "" {
		return t.texts.say(g, "status.myself", nil)
	}
	return []chat.Node{chat.Code(playbook)}
}

// ruleWords quote the rule; what the bot says by itself has none.
func (t *turn) ruleWords(g tongue, h held) []chat.Node {
	if h.playbook == "" {
		return nil
	}
	return append(text(" "), t.texts.say(g, "quoted", holes{"words": text(h.rule)})...)
}
