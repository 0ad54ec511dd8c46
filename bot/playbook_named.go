package bot

import (
	"slices"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/playbooks"
)

// naming is where among some words a playbook is named.
type naming struct {
	book     *playbooks.Playbook
	from, to int
	exact    bool // letter by letter; else nearly
}

// naming finds a playbook among words. A name that is right goes before one that is nearly right.
func (t *turn) naming(words []string) (naming, bool) {
	for _, exact := range []bool{true, false} {
		for n := min(3, len(words)); n > 0; n-- {
			for i := 0; i+n <= len(words); i++ {
				name := strings.ReplaceAll(normal(strings.Join(words[i:i+n], "-")), "_", "-")
				book := t.books[name]
				if !exact {
					book = t.bookNamed(name)
				}
				if book != nil {
					return naming{book, i, i + n, exact}, true
				}
			}
		}
	}
	return naming{}, false
}

func (n naming) without(words []string) string {
	return strings.Join(slices.Delete(slices.Clone(words), n.from, n.to), " ")
}

// bookSaid finds the playbook that words name, and gives the words without it. For one that they nearly name it gives
// what was meant, perhaps: nothing is changed on a guess.
func (t *turn) bookSaid(text string) (book *playbooks.Playbook, rest string, near *guess) {
	words := strings.Fields(text)
	n, ok := t.naming(words)
	switch {
	case !ok:
		return nil, text, nil
	case n.exact:
		return n.book, n.without(words), nil
	}
	return nil, text, &guess{said: strings.Join(words[n.from:n.to], " "), meant: n.book.ID}
}

// guess is a name that is none, and the one that is near.
type guess struct{ said, meant string }

// askBack asks whether the near name was meant, with the command as it would then read.
func (t *turn) askBack(c *call, g *guess) error {
	command := strings.Join(strings.Fields(slash+" "+c.verb+" "+strings.Replace(strings.Join(c.words, " "), g.said, g.meant, 1)), " ")
	return t.tellBack(c, "playbook.near", holes{"word": {chat.Code(g.said)}, "command": {chat.Code(command)}})
}

// bookMeant finds the playbook that a command names, or nearly names, behind its verb or before it: for showing.
func (t *turn) bookMeant(c *call) *playbooks.Playbook {
	n, _ := t.naming(withoutVerb(c.words))
	return n.book
}

// bookToChange finds the playbook that a command is to change. Without one it has answered.
func (t *turn) bookToChange(c *call) (*playbooks.Playbook, error) {
	book, _, near := t.bookSaid(strings.Join(withoutVerb(c.words), " "))
	switch {
	case near != nil:
		return nil, t.askBack(c, near)
	case book == nil:
		return nil, t.tellBack(c, "playbook.which", holes{"playbooks": t.bookNames()})
	}
	return book, nil
}

// withoutVerb takes the word out that says what is to be done with a playbook.
func withoutVerb(words []string) []string {
	at := slices.IndexFunc(words, isPlaybookVerb)
	if at < 0 {
		return words
	}
	return slices.Delete(slices.Clone(words), at, at+1)
}
