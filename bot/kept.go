package bot

import (
	"strconv"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// Kept is one kind of thing that is remembered, in words for people.
type Kept struct {
	What, Long, Use []chat.Node // what it is, how long it stays, what it is for
	Tables          []string    // of the store, in which it stands
}

// KeptIn says in a language all that is remembered, for how long and what for. It is the one list from which
// "privacy all", the README and the dossier are written; a test holds it to the tables of the store.
func KeptIn(language string) ([]Kept, error) {
	x, err := loadTexts()
	if err != nil {
		return nil, err
	}
	return x.kept(tongue{language: language}), nil
}

func (x *texts) kept(g tongue) (out []Kept) {
	for _, k := range keepings() {
		out = append(out, Kept{x.say(g, k.what, nil), x.say(g, k.long, terms()), x.say(g, k.use, terms()), k.tables})
	}
	return out
}

// terms fill the holes that speak of days.
func terms() holes {
	r := store.Retention()
	out := holes{}
	for name, days := range map[string]int{"days": r.Traces, "precise": r.Precise, "week": r.Spent, "half": r.HelpingHalf, "fading": r.Helping, "solved": r.Solved} {
		out[name] = text(strconv.Itoa(days))
	}
	return out
}

// keeping names the sentences about one kind of thing, and where it stands.
type keeping struct {
	what, long, use string
	tables          []string
}

func keepings() []keeping {
	return []keeping{
		{"kept.traces.what", "kept.traces.long", "kept.traces.use", []string{"messages", "events"}},
		{"kept.questions.what", "kept.questions.long", "kept.questions.use", []string{"questions"}},
		{"kept.seen.what", "kept.seen.long", "kept.seen.use", []string{"acts"}},
		{"kept.given.what", "kept.given.long", "kept.given.use", []string{"acts"}},
		{"kept.waiting.what", "kept.waiting.long", "kept.waiting.use", []string{"watches", "deliveries"}},
		{"kept.spent.what", "kept.spent.long", "kept.spent.use", []string{"spent"}},
		{"kept.helping.what", "kept.helping.long", "kept.helping.use", []string{"helping"}},
		{"kept.threads.what", "kept.threads.long", "kept.threads.use", []string{"threads"}},
		{"kept.roles.what", "kept.roles.long", "kept.roles.use", []string{"roles"}},
		{"kept.choices.what", "kept.choices.long", "kept.choices.use", []string{"people", "optouts"}},
		{"kept.digests.what", "kept.digests.long", "kept.digests.use", []string{"subscriptions"}},
		{"kept.number.what", "kept.number.long", "kept.number.use", []string{"people"}},
		{"kept.account.what", "kept.account.long", "kept.account.use", []string{"people"}},
		{"kept.rooms.what", "kept.rooms.long", "kept.rooms.use", []string{"places", "room_days", "meta"}},
		{"kept.decisions.what", "kept.decisions.long", "kept.decisions.use", []string{"journal", "slots", "room_spent"}},
		{"kept.changes.what", "kept.changes.long", "kept.changes.use", []string{"chain", "instances", "settings"}},
	}
}

// keptLines lists it in an answer.
func (p *page) keptLines() {
	var lines [][]chat.Node
	for _, k := range p.texts.kept(p.g) {
		lines = append(lines, p.texts.say(p.g, "kept.line", holes{"what": k.What, "long": k.Long}))
	}
	p.items(lines)
}
