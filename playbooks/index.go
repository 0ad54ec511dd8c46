package playbooks

import "slices"

// Instance is a playbook that a community has turned on, with its settings.
type Instance struct {
	Playbook *Playbook
	Settings Values
}

// Bound is a rule of an instance.
type Bound struct {
	Instance *Instance
	Rule     *Rule
}

// Kind is the kind of what a rule waits for.
type Kind uint8

// The kinds, one for each trigger.
const (
	Scheduled        Kind = iota + 1 // Name is "PLAYBOOK/RULE"
	Unanswered                       // Name is empty
	QuestionAnswered                 // Name is empty
	Acted                            // Name is the act's kind
	First                            // Name is question, answer or share
	Joined                           // Name is empty
	Chosen                           // Name is "NAME/CHOICE"
	Silent                           // Name is what was asked
	Commanded                        // Name is the command
	ActionTaken                      // Name is the action
	Thanked                          // Name is empty
	Heard                            // Name is empty
)

// Occasion is something that rules may wait for. Channel is where it happened; empty where it has no room.
type Occasion struct {
	Kind    Kind
	Name    string
	Channel string
}

// Index finds the rules that an occasion can concern, without looking at the others: the literal parts of
// every trigger (its kind, its name, its room) are the key. It never changes after NewIndex and may be used
// concurrently.
type Index struct {
	rules     map[Occasion][]Bound
	schedules []Bound
}

// NewIndex builds the index of the given instances, in their order.
func NewIndex(instances []*Instance) *Index {
	x := &Index{rules: map[Occasion][]Bound{}}
	for _, in := range instances {
		for _, r := range in.Playbook.Rules {
			x.add(Bound{in, r})
		}
	}
	return x
}

func (x *Index) add(b Bound) {
	if _, ok := b.Rule.When.(OnSchedule); ok {
		x.schedules = append(x.schedules, b)
	}
	for _, o := range occasions(b) {
		if !slices.Contains(x.rules[o], b) { // a room or a kind may be named twice
			x.rules[o] = append(x.rules[o], b)
		}
	}
}

// occasions lists what the rule waits for, once for each of its rooms.
func occasions(b Bound) []Occasion {
	var plain []Occasion
	switch t := b.Rule.When.(type) {
	case OnUnanswered:
		plain = []Occasion{{Kind: Unanswered}}
	case OnQuestionAnswered:
		plain = []Occasion{{Kind: QuestionAnswered}}
	case OnThanked:
		plain = []Occasion{{Kind: Thanked}}
	case OnHeard:
		plain = []Occasion{{Kind: Heard}}
	case OnAct:
		plain = named(Acted, t.Kinds)
	case OnFirst:
		plain = named(First, t.Of)
	case OnJoined:
		plain = []Occasion{{Kind: Joined}}
	case OnCommand:
		plain = []Occasion{{Kind: Commanded, Name: t.Name}}
	case OnAction:
		plain = []Occasion{{Kind: ActionTaken, Name: t.Name}}
	}
	in := Rooms(b.Rule.When)
	if in == "" {
		return plain
	}
	var out []Occasion
	for _, channel := range b.Instance.Settings.Channels(in) {
		for _, o := range plain {
			o.Channel = channel
			out = append(out, o)
		}
	}
	return out
}

func named(kind Kind, names []string) []Occasion {
	var out []Occasion
	for _, name := range names {
		out = append(out, Occasion{Kind: kind, Name: name})
	}
	return out
}

// Match appends to to the rules that wait for the occasion, in the order of their instances and files.
// It allocates only where to has no room left.
func (x *Index) Match(to []Bound, o Occasion) []Bound {
	to = append(to, x.rules[o]...)
	if o.Channel != "" {
		o.Channel = ""
		to = append(to, x.rules[o]...)
	}
	return to
}

// Schedules lists the rules that run at planned times.
func (x *Index) Schedules() []Bound { return x.schedules }

// AnswersTo lists the rules of an instance that go on from what was asked as name: from a choice, or from silence
// where choice is empty.
func (in *Instance) AnswersTo(name, choice string) []Bound {
	var out []Bound
	for _, r := range in.Playbook.Rules {
		a, ok := r.When.(OnAnswered)
		if !ok || a.Name != name {
			continue
		}
		if choice == "" && a.Silence || choice != "" && slices.Contains(a.With, choice) {
			out = append(out, Bound{in, r})
		}
	}
	return out
}
