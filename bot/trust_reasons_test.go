package bot_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"

	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// reasons looks up, while the journal still has them, the reasons of what was decided, said and dropped; and wants
// every row of the journal to have a reason that has a name.
func (c *community) reasons() {
	wants := map[bot.Step]func(bot.Trace) chat.Reason{
		bot.Decided: func(tr bot.Trace) chat.Reason { return tr.Reason },
		bot.Said:    func(bot.Trace) chat.Reason { return chat.Sent },
		bot.Dropped: func(tr bot.Trace) chat.Reason { return tr.Reason },
	}
	c.turn(func(tx *store.Tx) error {
		for _, tr := range c.traces[c.journal:] {
			want := wants[tr.Step]
			if want == nil {
				continue
			}
			found := func(subject string) bool {
				entries, err := tx.JournalOn(subject)
				c.must(err)
				return slices.ContainsFunc(entries, func(e store.Entry) bool {
					return e.Playbook == tr.Playbook && e.Rule == tr.Rule && e.Reason == string(want(tr)) && e.At.Equal(tr.At)
				})
			}
			if !found(tr.Subject) && (tr.Step != bot.Dropped || !found("")) {
				c.broken = append(c.broken, fmt.Sprintf("%s/%s about %s: the journal has no %q of %s", tr.Playbook, tr.Rule, tr.Subject, want(tr), tr.At))
			}
		}
		return nil
	})
	c.journal = len(c.traces)
	for _, r := range c.rows("journal") {
		if !slices.Contains(c.reasonNames, r.cols["reason"]) {
			c.broken = append(c.broken, "no reason of this name: "+r.line)
		}
	}
}

// namedReasons are the reasons that have a name, as package chat lists them.
func namedReasons() (out []string, err error) {
	source, err := os.ReadFile("chat/reason.go")
	for _, m := range regexp.MustCompile(`Reason = "([a-z_]+)"`).FindAllStringSubmatch(string(source), -1) {
		out = append(out, m[1])
	}
	return out, err
}
