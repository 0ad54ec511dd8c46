package bot

import (
	"slices"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/playbooks"
)

// stop ends everything unasked, or all of one playbook, in one step. A single word that is no playbook is asked
// back about; whoever writes more than that means all of it.
func (t *turn) stop(c *call) error {
	book, rest, near := t.bookSaid(c.text)
	id, fill := "", holes(nil)
	switch {
	case near != nil:
		return t.askBack(c, near)
	case book != nil:
		id, fill = book.ID, holes{"playbook": {chat.Code(book.ID)}}
	case !everything(rest) && len(c.words) == 1:
		return t.tellBack(c, "stop.which", holes{"playbooks": t.bookNames()})
	}
	if err := t.optOut(c.user, c.who, id); err != nil {
		return err
	}
	if id != "" {
		return t.tellBack(c, "stop.playbook", fill)
	}
	return t.tellBack(c, "stop.all", nil)
}

// everything reports whether nothing, or a word for everything, was said.
func everything(words string) bool {
	switch normal(words) {
	case "", "all", "everything", "tout", "now", "please", "it", "bot", "gofirst", "maintenant", "svp":
		return true
	}
	return false
}

// bookIn finds a playbook among words, by its name or nearly so, and gives the words without it. What changes something
// asks bookSaid.
func (t *turn) bookIn(text string) (*playbooks.Playbook, string) {
	words := strings.Fields(text)
	if n, ok := t.naming(words); ok {
		return n.book, n.without(words)
	}
	return nil, text
}

func (t *turn) bookNamed(name string) *playbooks.Playbook {
	if book := t.books[name]; book != nil || len(name) < 4 {
		return book
	}
	return t.books[playbooks.Nearest(name, t.bookIDs())]
}

func (t *turn) bookIDs() []string {
	var ids []string
	for id := range t.books {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

func (t *turn) bookNames() []chat.Node {
	var names [][]chat.Node
	for _, id := range t.bookIDs() {
		names = append(names, []chat.Node{chat.Code(id)})
	}
	return joinNodes(", ", names...)
}
