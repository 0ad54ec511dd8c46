package bot

import (
	"maps"
	"slices"

	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// pastPerson is somebody as a look back has to know them: what they said yes and no to.
type pastPerson struct {
	user  chat.UserID
	row   store.Person // zero: the bot does not know them
	outs  []string
	roles []string
}

// pastPlace is a room as a look back has to know it, with the days before on which somebody wrote there.
type pastPlace struct {
	store.Place
	days []int
}

// meet reads what the real store knows of the people and rooms that a look is about. It makes no rows.
func (p *past) meet(t *turn) error {
	p.people, p.places = nil, nil
	roles, err := p.rolesOf(t)
	if err != nil {
		return err
	}
	users := map[chat.UserID]bool{}
	for user := range roles {
		users[user] = true
	}
	for _, m := range p.heard {
		users[m.Actor.User] = true
	}
	for _, user := range slices.Sorted(maps.Keys(users)) {
		one := pastPerson{user: user, roles: roles[user]}
		if one.row, _, err = t.tx.FindPerson(p.conn.Name, user); err != nil {
			return err
		}
		if one.outs, err = t.tx.Optouts(p.conn.Name, user); err != nil {
			return err
		}
		p.people = append(p.people, one)
	}
	return p.meetRooms(t)
}

// rolesOf gives the roles that people of the space have accepted.
func (p *past) rolesOf(t *turn) (map[chat.UserID][]string, error) {
	out := map[chat.UserID][]string{}
	for _, role := range playbooks.Roles {
		ids, err := t.tx.RoleMembers(p.conn.Name, p.space, role, store.Accepted)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			if user := t.userOf(id); user != "" {
				out[user] = append(out[user], role)
			}
		}
	}
	return out, nil
}

// roomMemoryDays is how far back a room's busy days are looked at.
const roomMemoryDays = 100

func (p *past) meetRooms(t *turn) error {
	for _, channel := range p.rooms {
		place, ok, err := t.tx.FindPlace(p.conn.Name, channel)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		first := dayNumber(calendar.DateOf(p.since, t.zoneOf(place)))
		days, err := t.tx.RoomDays(place.ID, first-roomMemoryDays, first-1)
		if err != nil {
			return err
		}
		p.places = append(p.places, pastPlace{place, slices.Sorted(maps.Keys(days))})
	}
	return nil
}

// furnish writes into the store in memory what a look has to know.
func (p *past) furnish(tx *store.Tx) error {
	for _, room := range p.places {
		place, _, err := tx.Place(room.Conn, room.Space, room.Channel)
		if err != nil {
			return err
		}
		place.Zone, place.Language = room.Zone, room.Language
		if err := tx.SetPlace(place); err != nil {
			return err
		}
		for _, day := range room.days {
			if err := tx.AddRoomPost(place.ID, day); err != nil {
				return err
			}
		}
	}
	for _, one := range p.people {
		if err := p.seat(tx, one); err != nil {
			return err
		}
	}
	return nil
}

// firstSteps is how many first steps a person can make: see firstStep.
const firstSteps = 3

func (p *past) seat(tx *store.Tx, one pastPerson) error {
	row, _, err := tx.Person(p.conn.Name, one.user)
	if err != nil {
		return err
	}
	row.Prefs, row.PausedUntil, row.NotBefore = one.row.Prefs, one.row.PausedUntil, one.row.NotBefore
	row.AwayFrom, row.AwayUntil = one.row.AwayFrom, one.row.AwayUntil
	if err := tx.UpdatePerson(row); err != nil {
		return err
	}
	if err := tx.KeepSealed(row.ID, one.user); err != nil {
		return err
	}
	if err := p.steps(tx, row.ID, one.row); err != nil {
		return err
	}
	for _, id := range one.outs {
		if err := tx.OptOut(p.conn.Name, one.user, id, 0); err != nil {
			return err
		}
	}
	for _, role := range one.roles {
		r := store.Role{Conn: p.conn.Name, Space: p.space, Person: row.ID, Role: role, State: store.Accepted, Since: p.since}
		if err := tx.SetRole(r); err != nil {
			return err
		}
	}
	return nil
}

// steps takes over which first steps lie behind a person. Of who is new, nobody knows which of them were made since.
func (p *past) steps(tx *store.Tx, id store.PersonID, known store.Person) error {
	if known.Newcomer.After(p.since) {
		return tx.MarkNewcomer(id, known.Newcomer)
	}
	for bit := range uint(firstSteps) {
		if known.Firsts&(1<<bit) == 0 {
			continue
		}
		if _, err := tx.First(id, bit); err != nil {
			return err
		}
	}
	return nil
}

// asKnown gives what is remembered of people, without a way to ask for more.
func (p *profiles) asKnown() *profiles {
	p.mu.Lock()
	defer p.mu.Unlock()
	return &profiles{unchanged: true, known: maps.Clone(p.known)}
}
