package playbooks

import (
	"slices"

	"github.com/gofirst/gofirst/bot/chat"
)

// Decision is what a rule says about an occasion: either it speaks (Reason is chat.RuleFired) and Do is to be
// done, or Reason names why it does not.
type Decision struct {
	Bound
	Reason chat.Reason
	Picked []int64 // the people whom the rule picked, the best first; nil where it picks none
	Err    error   // with chat.ConditionFalse: the condition could not be evaluated
}

// Speaks reports whether there is something to do.
func (d Decision) Speaks() bool { return d.Reason == chat.RuleFired }

// Decide is the one place in which a rule's answer is found. It reads the facts that the rule's Needs name and
// nothing else: no clock, no store, no chance. draw, from the occasion's own hash, spreads the choice among
// people who fit equally well.
func Decide(b Bound, f Facts, draw uint64) Decision {
	d := Decision{Bound: b}
	f.Settings = b.Instance.Settings
	if s, ok := b.Rule.When.(OnSchedule); ok && s.Busy && !f.Room.Busy {
		d.Reason = chat.NoActiveDay
		return d
	}
	if b.Rule.If != nil {
		holds, err := b.Rule.If.holds(&f)
		if err != nil || !holds {
			d.Reason, d.Err = chat.ConditionFalse, err
			return d
		}
	}
	if !exampleFirst(b, &f) {
		d.Reason = chat.NoExample
		return d
	}
	if b.Rule.Pick != nil {
		if d.Picked = pick(b.Rule.Pick, &f, draw); len(d.Picked) == 0 {
			d.Reason = chat.NobodyToPick
			return d
		}
	}
	d.Reason = chat.RuleFired
	return d
}

// exploration is the share of picks that go to anybody willing and free, so that quiet experts are found.
const exploration = 15 // per cent

// pick chooses the candidates who fit best and have been asked least; some first picks go to anybody who is free. Whoever
// was asked about the thing at hand is not asked again.
func pick(p *Pick, f *Facts, draw uint64) (picked []int64) {
	var free []Candidate
	for _, c := range f.People {
		if c.Open && c.Free && !excluded(p, f, c.ID) {
			free = append(free, c)
		}
	}
	for len(free) > 0 && len(picked) < p.UpTo {
		at := best(free, draw)
		if len(picked) == 0 && draw%100 < exploration {
			at = int(draw / 100 % uint64(len(free)))
		}
		picked = append(picked, free[at].ID)
		free = slices.Delete(free, at, at+1)
	}
	return picked
}

// best is where the candidate stands who fits best.
func best(free []Candidate, draw uint64) int {
	at := 0
	for i, c := range free {
		if fit(c) > fit(free[at]) || fit(c) == fit(free[at]) && scatter(c.ID, draw) > scatter(free[at].ID, draw) {
			at = i
		}
	}
	return at
}

func excluded(p *Pick, f *Facts, id int64) bool {
	return slices.Contains(p.Not, "author") && (id == f.Author.ID || id == f.Leader.ID) || slices.Contains(f.Already, id)
}

// fit weighs how well a person fits against how often they were asked this week.
func fit(c Candidate) float64 { return (1 + c.Affinity) / float64(1+2*c.Asks) }

// scatter orders people differently for each draw (a 64-bit mix after Stafford, variant 13).
func scatter(id int64, draw uint64) uint64 {
	x := uint64(id) ^ draw
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
