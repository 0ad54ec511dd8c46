package replay

import (
	"slices"
	"time"

	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// assumed is the roster of a rehearsal: consent is assumed of everybody addressed.
type assumed struct {
	conn  string
	roles map[string][]chat.UserID // by role
	auto  *answers                 // helpers are taken from here; nil: only from roles
	crowd map[string]*crowd        // leaders and hosts are taken from here, by role
	now   func() time.Time
}

// Members lists the people of a role.
func (r *assumed) Members(tx *store.Tx, place store.Place, role string, now time.Time) ([]bot.Member, error) {
	weights := map[chat.UserID]int{}
	for _, user := range r.roles[role] {
		weights[user] = 0
	}
	if role == "helper" && r.auto != nil {
		weights = r.auto.helpers(place.Channel, now)
	}
	if c := r.crowd[role]; c != nil {
		for _, user := range c.of(place.Channel, role, now) {
			weights[user] = 0
		}
	}
	users := make([]chat.UserID, 0, len(weights))
	for user := range weights {
		users = append(users, user)
	}
	slices.Sort(users)
	var out []bot.Member
	for _, user := range users {
		person, _, err := tx.Person(r.conn, user)
		if err != nil {
			return nil, err
		}
		if err := tx.KeepSealed(person.ID, user); err != nil {
			return nil, err
		}
		out = append(out, bot.Member{ID: person.ID, Affinity: float64(weights[user])})
	}
	return out, nil
}

// Has reports whether a person has a role. Whoever was picked from the automatic helpers had it.
func (r *assumed) Has(tx *store.Tx, place store.Place, person store.PersonID, role string) (bool, error) {
	if role == "helper" && r.auto != nil {
		return true, nil
	}
	users := r.roles[role]
	if c := r.crowd[role]; c != nil {
		users = c.of(place.Channel, role, r.now())
	}
	for _, user := range users {
		p, ok, err := tx.FindPerson(r.conn, user)
		if err != nil {
			return false, err
		}
		if ok && p.ID == person {
			return true, nil
		}
	}
	return false, nil
}
