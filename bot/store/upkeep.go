package store

import "strconv"

// people clears what has passed, and empties sealed where no reason to address the person is left: no role
// taken, no preference, no open watch, and nothing to deliver to them or about them.
func (k *keeper) people(c *Counts) {
	c.Passed = k.changed(`UPDATE people SET
		newcomer = CASE WHEN newcomer < $2 THEN 0 ELSE newcomer END,
		paused_until = CASE WHEN paused_until < $1 THEN 0 ELSE paused_until END,
		away_from = CASE WHEN away_until <> 0 AND away_until < $1 THEN 0 ELSE away_from END,
		away_until = CASE WHEN away_until < $1 THEN 0 ELSE away_until END,
		not_before = CASE WHEN not_before < $1 THEN 0 ELSE not_before END
		WHERE (newcomer <> 0 OR paused_until <> 0 OR away_until <> 0 OR not_before <> 0)
		AND (newcomer <> 0 AND newcomer < $2 OR paused_until <> 0 AND paused_until < $1
			OR away_until <> 0 AND away_until < $1 OR not_before <> 0 AND not_before < $1)
		RETURNING id`, k.now, k.old)
	c.Unsealed = k.changed(`UPDATE people SET sealed = NULL WHERE sealed IS NOT NULL AND prefs IN ('', '{}')
		AND NOT EXISTS (SELECT 1 FROM roles r WHERE r.person = people.id
			AND r.state = 'accepted')
		AND NOT EXISTS (SELECT 1 FROM watches w WHERE w.person = people.id
			OR w.data LIKE '%' || CAST(people.id AS TEXT) || '%')
		AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.state IN ('pending', 'held', 'claimed')
			AND (d.recipient = people.id OR d.refs LIKE '%' || CAST(people.id AS TEXT) || '%'))
		AND NOT EXISTS (SELECT 1 FROM subscriptions s WHERE s.person = people.id)
		RETURNING id`)
}

// changed runs an UPDATE … RETURNING id of people and drops them from memory.
func (k *keeper) changed(query string, args ...any) int {
	if k.err != nil {
		return 0
	}
	if k.err = k.t.mayWrite("housekeeping"); k.err != nil {
		return 0
	}
	ids, err := list(k.t, "housekeeping", oneNumber, query, args...)
	k.err = err
	for _, id := range ids {
		k.t.forgetPersonInMemory(PersonID(id))
	}
	return len(ids)
}

// forgetPersonInMemory drops a person, who is read anew when asked for.
func (t *Tx) forgetPersonInMemory(id PersonID) {
	if p := t.memory.personByID[id]; p != nil {
		delete(t.memory.personByID, id)
		delete(t.memory.people, personKey{p.Conn, p.user})
	}
}

// roundedBefore is the day before which messages have lost their hour; a late one is rounded as it comes.
func (t *Tx) roundedBefore() (int64, error) {
	if t.memory.rounded >= 0 {
		return t.memory.rounded, nil
	}
	text, found, err := first(t, "rounded", oneText, `SELECT value FROM meta WHERE name = 'rounded'`)
	if err != nil {
		return 0, err
	}
	var n int64
	if found {
		n, err = strconv.ParseInt(text, 10, 64)
	}
	if err == nil {
		t.memory.rounded = max(n, 0)
	}
	return n, wrapped("rounded", err)
}

func decimal(n int64) string { return strconv.FormatInt(n, 10) }
