package bot

import (
	"time"

	"github.com/gofirst/gofirst/bot/store"
)

// Roster says who has which role. Live it is who accepted it; a rehearsal assumes consent.
type Roster interface {
	// Members lists the people of a role for a room, in no order.
	Members(tx *store.Tx, place store.Place, role string, now time.Time) ([]Member, error)
	// Has reports whether a person has a role in the room's space.
	Has(tx *store.Tx, place store.Place, person store.PersonID, role string) (bool, error)
}

// Member is a person with a role. Affinity says how well they fit the room: answers of theirs that helped there.
type Member struct {
	ID       store.PersonID
	Affinity float64
}

// acceptedRoster knows those who said yes.
type acceptedRoster struct{}

func (acceptedRoster) Members(tx *store.Tx, place store.Place, role string, now time.Time) ([]Member, error) {
	ids, err := tx.RoleMembers(place.Conn, place.Space, role, store.Accepted)
	if err != nil {
		return nil, err
	}
	helping, err := tx.Helping(place.ID, int(now.Unix()/86400))
	if err != nil {
		return nil, err
	}
	var out []Member
	for _, id := range ids {
		out = append(out, Member{ID: id, Affinity: helping[id]})
	}
	return out, nil
}

func (acceptedRoster) Has(tx *store.Tx, place store.Place, person store.PersonID, role string) (bool, error) {
	r, ok, err := tx.Role(place.Conn, place.Space, person, role)
	return ok && r.State == store.Accepted, err
}
