package bot

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// historyShown is how many changes are shown at once.
const historyShown = 10

// noted is a change, and where it stands in the chain.
type noted struct {
	change
	link store.Link
}

// playbookHistory shows what was changed and when, newest first; which steward did it is not kept. Everybody may look.
func (t *turn) playbookHistory(c *call, space chat.SpaceID) error {
	book := t.bookMeant(c)
	all, err := t.changes(space, book)
	if err != nil {
		return err
	}
	part, number := historyPart(c), ""
	p := t.page(c.g)
	if _, err := t.tx.Verify(); err != nil {
		p.say("history.broken", nil)
	}
	from := min((part-1)*historyShown, len(all))
	for i, n := range all[from:min(from+historyShown, len(all))] {
		if i == 0 {
			p.say("history.head", nil)
		}
		p.line(t.changeWords(c.g, n, true)...)
	}
	switch {
	case len(all) <= from:
		p.say("history.none", nil)
	case len(all) > from+historyShown:
		number = strconv.Itoa(part + 1)
		p.say("history.more", holes{"command": {chat.Code(t.texts.word(c.g, "type.history") + bookWord(book) + " " + number)}})
	}
	t.answerSeen(c, p)
	return nil
}

func bookWord(book *playbooks.Playbook) string {
	if book == nil {
		return ""
	}
	return " " + book.ID
}

// historyPart is which ten are wanted: 1 are the newest.
func historyPart(c *call) int {
	for _, word := range c.words {
		if n, err := strconv.Atoi(word); err == nil && n > 0 && n < 10_000 {
			return n
		}
	}
	return 1
}

// changes lists what was changed in a space, newest first: everything, or what concerns one playbook.
func (t *turn) changes(space chat.SpaceID, book *playbooks.Playbook) ([]noted, error) {
	links, err := t.tx.Links(chainSteward)
	if err != nil {
		return nil, err
	}
	var out []noted
	for _, l := range slices.Backward(links) {
		n := noted{link: l}
		if json.Unmarshal([]byte(l.Data), &n.change) != nil || n.Conn != t.conn.Name || n.Space != space {
			continue
		}
		if book == nil || n.Playbook == book.ID {
			out = append(out, n)
		}
	}
	return out, nil
}

// changeWords say one change: when, what, by whose hand (the file's or a steward's), and each setting as it was and is.
// Without rooms it says of a list of rooms only that it changed: for whom nobody has asked what they may read.
func (t *turn) changeWords(g tongue, n noted, rooms bool) []chat.Node {
	what := []chat.Node{chat.Code(n.Playbook)}
	if n.Playbook == "" {
		what = t.texts.say(g, "history.everything", nil)
	}
	by := "history.by_steward"
	switch n.By {
	case byFile:
		by = "history.by_file"
	case byRoom:
		by = "history.by_room"
	}
	out := t.texts.say(g, "history."+strings.ReplaceAll(n.What, " ", "_"), holes{
		"when": t.texts.moment(g, n.link.At, t.now), "playbook": what, "by": t.texts.say(g, by, nil),
	})
	for _, name := range sortedKeys(n.Set) {
		out = append(out, chat.Text(t.texts.word(g, "joined.then")))
		out = append(out, t.settingChange(g, n, name, rooms)...)
	}
	return out
}

func (t *turn) settingChange(g tongue, n noted, name string, rooms bool) []chat.Node {
	_, before := n.Was[name].([]any)
	_, after := n.Set[name].([]any)
	if _, _, per := strings.Cut(name, "@"); !rooms && (before || after || per) {
		base, _, _ := strings.Cut(name, "@")
		return t.texts.say(g, "history.set_rooms", holes{"name": {chat.Code(base)}})
	}
	fill := holes{"name": settingName(name), "value": t.valueWords(g, n.Set[name]), "was": t.valueWords(g, n.Was[name])}
	if n.Was[name] == nil {
		return t.texts.say(g, "history.set", fill)
	}
	return t.texts.say(g, "history.set_from", fill)
}
