package bot

import "github.com/gofirst/gofirst/bot/store"

// followed are the people who, since the act at hand, showed something of theirs in its room: what a rule would offer
// to them, they have done.
func (t *turn) followed(c cause) (map[store.PersonID]bool, error) {
	if c.act == nil {
		return nil, nil
	}
	acts, err := t.tx.Acts(store.ActQuery{
		Conn: t.conn.Name, Place: c.place.ID, Kinds: []string{actShare, actAdopt}, Since: c.act.At,
	})
	did := map[store.PersonID]bool{}
	for _, a := range acts {
		did[a.Author] = did[a.Author] || a.Declared
	}
	return did, err
}
