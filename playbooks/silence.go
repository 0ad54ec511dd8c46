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

// checkSilence refuses rules that come back to somebody who let it be, and texts that tell others of it.
func (l *loader) checkSilence() {
	for _, s := range l.said {
		if s.whom != "" && l.playbook.letBe(s.rule, s.whom, nil) {
			s.at.fail("the %s said nothing, or no, and is not asked again: silence is not followed up", s.whom)
			continue
		}
		for _, hole := range []string{"leader", "receiver", "author"} {
			if hole != s.whom && s.text.names(hole) && l.playbook.exposes(s.rule, hole) {
				s.at.fail("{%s} is not named to others here: nobody learns who was asked, who is thanked, or who let it be", hole)
			}
		}
	}
}

// exposes reports whether others would learn of somebody what is between them and the bot: that they were invited;
// that they are thanked, which is theirs to allow; that they let something be. Who asked a question in a room may be
// named to whoever could answer.
func (p *Playbook) exposes(r *Rule, whom string) bool {
	switch whom {
	case "leader":
		return p.scheduledFor(r, nil) != ""
	case "author":
		return p.letBe(r, whom, nil) && !p.aboutQuestion(r, nil)
	}
	return true
}

// aboutQuestion reports whether a rule goes back to a question alone.
func (p *Playbook) aboutQuestion(r *Rule, seen []*Rule) bool {
	t, answers := r.When.(OnAnswered)
	if !answers {
		_, question := r.When.(OnUnanswered)
		return question
	}
	for _, before := range p.asking(t.Name) {
		if !slices.Contains(seen, before) && !p.aboutQuestion(before, append(seen, r)) {
			return false
		}
	}
	return true
}
