package playbooks

// Needs says which facts the rule reads, so that the engine can load these and no others.
func (r *Rule) Needs() Needs {
	var n Needs
	if r.If != nil {
		n |= r.If.needs
	}
	if r.Pick != nil {
		n |= NeedPeople
	}
	if len(asksToShow(r)) > 0 {
		n |= NeedRoom | NeedAct
	}
	for _, a := range r.Do {
		switch a := a.(type) {
		case Tell:
			n |= needOf[a.Whom]
		case Digest:
			n |= NeedItems
		}
	}
	if s, ok := r.When.(OnSchedule); ok && s.Busy {
		n |= NeedRoom
	}
	return n
}
