package playbooks

import "slices"

// showing are the choices by which somebody shows something of theirs.
var showing = []string{"write", "adopt", "mine"}

// examples are the kinds of act by which somebody goes first.
var examples = []string{"share", "example", "adopt", "why"}

// exampleFirst reports whether a rule may ask people for an example of theirs: leaders always; members not before a
// leader went first, by what the rule is about, or in the room of late.
func exampleFirst(b Bound, f *Facts) bool {
	for _, t := range asksToShow(b.Rule) {
		if !ofLeader(b, f, t.Whom) && !f.Room.Led && !(f.Act.ByLeader && slices.Contains(examples, f.Act.Kind)) {
			return false
		}
	}
	return true
}

// asksToShow lists what a rule says to people to have them show something.
func asksToShow(r *Rule) (out []Tell) {
	for _, a := range r.Do {
		t, tells := a.(Tell)
		likely := r.Pick != nil && r.Pick.Likely == toShare && t.Whom == "picked"
		if tells && (likely || slices.ContainsFunc(t.Buttons, func(b string) bool { return slices.Contains(showing, b) })) {
			out = append(out, t)
		}
	}
	return out
}

// ofLeader reports whether a rule speaks to somebody because they said yes to going first.
func ofLeader(b Bound, f *Facts, whom string) bool {
	if whom == "author" && f.Author.Leader || whom == "receiver" && f.Receiver.Leader {
		return true
	}
	role, _ := f.Settings[b.Instance.Playbook.RoleSetting(b.Rule, whom)].(string)
	return role == "leader"
}

// RoleSetting names the setting with the role for which a rule speaks to somebody, empty where it is for something of
// their own: that of the pick, or that of the schedule to which an answer goes back.
func (p *Playbook) RoleSetting(r *Rule, whom string) string {
	switch {
	case whom == "picked" && r.Pick != nil:
		return r.Pick.From
	case whom == "leader":
		return p.scheduledFor(r, nil)
	}
	return ""
}

// scheduledFor follows answers back to a schedule. seen are the rules on the way.
func (p *Playbook) scheduledFor(r *Rule, seen []*Rule) string {
	switch t := r.When.(type) {
	case OnSchedule:
		return t.For
	case OnAnswered:
		for _, before := range p.asking(t.Name) {
			if slices.Contains(seen, before) {
				continue
			}
			if setting := p.scheduledFor(before, append(seen, r)); setting != "" {
				return setting
			}
		}
	}
	return ""
}

// asking lists the rules that ask something under a name.
func (p *Playbook) asking(name string) (out []*Rule) {
	for _, r := range p.Rules {
		if slices.ContainsFunc(r.Do, func(a Action) bool { return asOf(a) == name }) {
			out = append(out, r)
		}
	}
	return out
}

func asOf(a Action) string {
	switch a := a.(type) {
	case Tell:
		return a.As
	case Post:
		return a.As
	case Digest:
		return a.As
	}
	return ""
}
