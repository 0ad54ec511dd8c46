package playbooks

import "slices"

// Refusals are the choices with which somebody lets something be. They lead to what silence leads to, or to nothing.
var Refusals = []string{"no", "pass", "later", "never", "leave", "stop", "suggest"}

// letBe reports whether a rule speaks to somebody who, on the way to it, said nothing or no: silence is never followed
// up with the silent person. seen are the rules on the way.
func (p *Playbook) letBe(r *Rule, whom string, seen []*Rule) bool {
	t, answers := r.When.(OnAnswered)
	if !answers || whom == "picked" || slices.Contains(seen, r) {
		return false // whom a pick may take, deciding says
	}
	refused := t.Silence || slices.ContainsFunc(t.With, func(c string) bool { return slices.Contains(Refusals, c) })
	for _, before := range p.asking(t.Name) {
		if refused && tells(before, t.Name, whom) || p.letBe(before, whom, append(seen, r)) {
			return true
		}
	}
	return false
}

// tells reports whether a rule asks something of that person, by their part in it.
func tells(r *Rule, name, whom string) bool {
	return slices.ContainsFunc(r.Do, func(a Action) bool {
		t, ok := a.(Tell)
		return ok && t.As == name && t.Whom == whom
	})
}

// checkSilence refuses rules that come back to somebody who let it be.
func (l *loader) checkSilence() {
	for _, at := range l.told {
		if l.playbook.letBe(at.rule, at.whom, nil) {
			at.at.fail("the %s said nothing, or no, and is not asked again: silence is not followed up", at.whom)
		}
	}
}
