package bot

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// me shows, exports and forgets what is kept about oneself, sets preferences, and tells what one's acts led to.
func (t *turn) me(c *call) error {
	verbs := map[string]func(*turn, *call) error{
		"show": (*turn).meShow, "montre": (*turn).meShow, "montrer": (*turn).meShow, "voir": (*turn).meShow,
		"export": (*turn).meExport, "exporte": (*turn).meExport, "exporter": (*turn).meExport,
		"forget": (*turn).meForget, "oublie": (*turn).meForget, "oublier": (*turn).meForget,
		"prefs": (*turn).mePrefs, "preferences": (*turn).mePrefs, "reglages": (*turn).mePrefs, "pref": (*turn).mePrefs,
		"impact": (*turn).meImpact, "effet": (*turn).meImpact,
		"mirror": (*turn).meMirror, "miroir": (*turn).meMirror,
	}
	if len(c.words) == 0 {
		return t.tellBack(c, "me.what", nil)
	}
	word := normal(c.words[0])
	run := verbs[word]
	if run == nil {
		run = verbs[playbooks.Nearest(word, sortedKeys(verbs))]
	}
	if run == nil {
		if isPrefWord(word) {
			return t.setPrefs(c, c.words)
		}
		return t.tellBack(c, "me.what", nil)
	}
	return run(t, c)
}

func sortedKeys[V any](m map[string]V) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// wordsShown is how many given words are shown at most; export has them all.
const wordsShown = 10

// meShow says in words what is kept about the person.
func (t *turn) meShow(c *call) error {
	items, err := t.tx.Export(t.conn.Name, c.user)
	if err != nil {
		return err
	}
	p := t.page(c.g)
	p.say("me.show.head", nil)
	t.showChoices(p, c)
	counts := map[string]int{}
	for _, item := range items {
		counts[item.Table]++
	}
	for _, table := range shownTables() {
		if n := counts[table]; n > 0 {
			p.sayN("me.show."+strings.ReplaceAll(table, " ", "_"), n, nil)
		}
	}
	t.showWords(p, items)
	p.say("me.show.foot", nil)
	t.answer(c.reply, p.body)
	return nil
}

// shownTables are the tables of which the number of rows says enough. The others are told in words.
func shownTables() []string {
	return []string{"messages", "questions", "questions taken", "watches", "deliveries", "spent", "helping", "subscriptions", "threads asked", "threads answered", "acts", "acts received", "people"}
}

// showChoices tells roles, stops, pauses and preferences.
func (t *turn) showChoices(p *page, c *call) {
	if roles, err := t.tx.RolesOf(c.who.ID); err == nil {
		for _, r := range roles {
			p.say("me.show.role", holes{"role": text(t.texts.word(p.g, "role."+r.Role)), "state": text(t.texts.word(p.g, "role_state."+string(r.State)))})
		}
	}
	outs, _ := t.tx.Optouts(t.conn.Name, c.user)
	for _, id := range outs {
		if id == "" {
			p.say("me.show.stopped_all", nil)
			continue
		}
		p.say("me.show.stopped", holes{"playbook": {chat.Code(id)}})
	}
	t.showUntil(p, "me.show.paused", c.who.PausedUntil)
	t.showUntil(p, "me.show.away", c.who.AwayUntil)
	t.showUntil(p, "me.show.not_before", c.who.NotBefore)
	if c.who.Prefs != "" {
		p.say("me.show.prefs", nil)
	}
	if c.who.Sealed {
		p.say("me.show.account", nil)
	}
}

func (t *turn) showUntil(p *page, id string, until time.Time) {
	if until.After(t.now) {
		p.say(id, holes{"until": t.texts.moment(p.g, until, t.now)})
	}
}

// showWords repeats the words that the person gave, and those that others gave for them.
func (t *turn) showWords(p *page, items []store.Item) {
	shown := 0
	for _, item := range items {
		words := fieldOf(item, "words")
		if words == "" || shown == wordsShown || !strings.HasPrefix(item.Table, "acts") {
			continue
		}
		shown++
		p.say("me.show.words", holes{
			"kind":  text(t.texts.word(p.g, "me.kind."+fieldOf(item, "kind"))),
			"words": {chat.Quote{chat.Text(words)}},
		})
	}
}

func fieldOf(item store.Item, name string) string {
	for _, f := range item.Fields {
		if f.Name == name {
			return f.Value
		}
	}
	return ""
}

// meExport gives the same as JSON: an object with a list of rows for each table, one row a line.
func (t *turn) meExport(c *call) error {
	items, err := t.tx.Export(t.conn.Name, c.user)
	if err != nil {
		return err
	}
	p := t.page(c.g)
	p.say("me.export.head", nil)
	for _, line := range exportLines(items) {
		p.line(chat.Code(line))
	}
	t.answer(c.reply, p.body)
	return nil
}

func exportLines(items []store.Item) []string {
	lines := []string{"{"}
	for i, item := range items {
		if i == 0 || items[i-1].Table != item.Table {
			lines = append(lines, quoted(item.Table)+": [")
		}
		var fields []string
		for _, f := range item.Fields {
			fields = append(fields, quoted(f.Name)+": "+quoted(f.Value))
		}
		row := "  {" + strings.Join(fields, ", ") + "}"
		last := i == len(items)-1
		switch {
		case last:
			lines = append(lines, row, "]")
		case items[i+1].Table != item.Table:
			lines = append(lines, row, "],")
		default:
			lines = append(lines, row+",")
		}
	}
	return append(lines, "}")
}

func quoted(s string) string {
	out, _ := json.Marshal(s) // strings always encode
	return string(out)
}
