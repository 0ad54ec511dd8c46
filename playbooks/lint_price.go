package playbooks

// weeklyBudget is how many nudges a person gets in a week over all playbooks (see playbooks.md, rule 1).
const weeklyBudget = 2

// Price is the most nudges that a playbook can bring one person in a week, on average: what its rules' own limits
// per person allow, at most the 2 that the bot sends a person anyway. A limit per room bounds nobody's share, for
// a person may be in many rooms.
func Price(p *Playbook) float64 {
	sum := 0.0
	for _, r := range p.Rules {
		sum += nudges(p, r)
	}
	return min(sum, weeklyBudget)
}

// nudges is what one rule can bring a person in a week.
func nudges(p *Playbook, r *Rule) float64 {
	for _, a := range r.Do {
		if t, ok := a.(Tell); ok && isNudge(p, r, t) {
			if limit := r.AtMost.PerPerson; limit.Times > 0 {
				return 7 * float64(limit.Times) / float64(limit.Days)
			}
			return weeklyBudget
		}
	}
	return 0
}
