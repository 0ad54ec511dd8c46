package adaptertest

func claimChecks() []check {
	return []check{
		{"what the table of capabilities claims is tried", nil, claimsAreTried},
		{"what does not apply has its reason", nil, reasonsAreGiven},
	}
}

func reasonsAreGiven(t *trial) {
	for part, why := range t.h.Not() {
		if part == "" || why == "" {
			t.Errorf("the harness excludes the part %q with the reason %q", part, why)
		}
	}
}

// claimsAreTried fails where a capability is had, and the harness's Service lacks what it takes to try it.
func claimsAreTried(t *trial) {
	a, s := t.open()
	of := subject{a, t.h.Not()}
	for _, c := range claims() {
		if c.had(of) && !c.tried(s) {
			t.Errorf("%q is claimed, but the harness's Service cannot try it", c.name)
		}
	}
}
