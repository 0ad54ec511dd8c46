package playbooks

import (
	"github.com/gofirst/gofirst/bot/calendar"
)

// Playbook is one file, checked and compiled. It never changes after it was loaded, and may be used concurrently.
type Playbook struct {
	ID         string
	File       string
	Hash       string // 16 hexadecimal digits of the file's SHA-256
	About      Text
	Hypothesis Text
	Harm       Text
	Measure    Measure
	Stop       Stop
	Settings   []Setting
	Rules      []*Rule
}

// Measure says in what a playbook's effect is seen.
type Measure struct {
	Practice string
	Window   calendar.Wait
	Delay    float64 // share of the cases that are delayed by one window to measure the effect; 0 to 0.5
}

// Stop says when a playbook ends itself.
type Stop struct {
	Harm  float64 // evidence of harm (an e-value) at which it stops
	After calendar.Wait
}

// Rule is one way of a playbook to speak.
type Rule struct {
	Name   string
	When   Trigger
	If     *Condition // nil: always
	Pick   *Pick      // nil: nobody is picked
	Do     []Action
	AtMost AtMost
	Line   int // in the file, from 1
}

// AtMost limits how often a rule speaks. Zero is no limit of its own.
type AtMost struct {
	PerRoom   Rate
	PerPerson Rate
}

// Rate is a number of times in any window of that many days.
type Rate struct{ Times, Days int }

// Once is the rate of what happens a single time, ever.
var Once = Rate{Times: 1}

// Pick chooses one person of a role, or a few.
type Pick struct {
	From   string   // the setting that names the role
	Likely string   // to answer, to share, to welcome
	Not    []string // author, asked
	UpTo   int      // how many people, from 1
}

// Rule returns the rule of that name, nil where there is none.
func (p *Playbook) Rule(name string) *Rule {
	for _, r := range p.Rules {
		if r.Name == name {
			return r
		}
	}
	return nil
}

// Setting returns the setting of that name, nil where there is none.
func (p *Playbook) Setting(name string) *Setting {
	for i := range p.Settings {
		if p.Settings[i].Name == name {
			return &p.Settings[i]
		}
	}
	return nil
}
