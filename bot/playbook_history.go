package bot

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// historyShown is how many changes are shown at once.
const historyShown = 10

// playbookHistory shows what was changed and when, newest first; who did it is not kept.
func (t *turn) playbookHistory(c *call, space chat.SpaceID) error {
	links, err := t.tx.Links(chainSteward)
	if err != nil {
		return err
	}
	book := t.bookMeant(c)
	p, shown := t.page(c.g), 0
	for _, l := range slices.Backward(links) {
		var was change
		if json.Unmarshal([]byte(l.Data), &was) != nil || was.Conn != t.conn.Name || was.Space != space {
			continue
		}
		if book != nil && was.Playbook != book.ID {
			continue
		}
		if len(p.body) == 0 {
			p.say("history.head", nil)
		}
		p.line(t.changeWords(c.g, l, was)...)
		if shown++; shown == historyShown {
			break
		}
	}
	if len(p.body) == 0 {
		p.say("history.none", nil)
	}
	t.answerSeen(c, p)
	return nil
}

func (t *turn) changeWords(g tongue, l store.Link, was change) []chat.Node {
	what := []chat.Node{chat.Code(was.Playbook)}
	if was.Playbook == "" {
		what = t.texts.say(g, "history.everything", nil)
	}
	out := t.texts.say(g, "history."+strings.ReplaceAll(was.What, " ", "_"), holes{
		"when": t.texts.moment(g, l.At, t.now), "playbook": what,
	})
	for _, name := range sortedKeys(was.Set) {
		out = append(out, chat.Text(t.texts.word(g, "joined.then")))
		out = append(out, settingName(name)...)
		out = append(out, chat.Text(" "))
		out = append(out, t.valueWords(g, was.Set[name])...)
	}
	return out
}
