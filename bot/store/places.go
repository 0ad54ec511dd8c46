package store

import (
	"fmt"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// PlaceID names a place in this store.
type PlaceID int64

// Place is a channel of one connection.
type Place struct {
	ID          PlaceID
	Conn        string
	Space       chat.SpaceID
	Channel     chat.ChannelID
	Name        string
	Since       time.Time // when the bot came
	NoticeUntil time.Time // nothing starts here before
	LastHuman   time.Time // when a person last wrote
	Cursor      chat.Cursor
	Zone        string
	Language    string
}

// place is a Place in memory.
type place struct {
	Place
	queued int // where its row stands in the queue of rooms, if it does
	latest
}

const (
	placeColumns = `id, conn, space, channel, name, since, notice_until, last_human, cursor, zone, language, newest`
	selectPlace  = `SELECT ` + placeColumns + ` FROM places `
)

func scanPlace(r scanner) (*place, error) {
	p := &place{}
	err := r.Scan(&p.ID, &p.Conn, &p.Space, &p.Channel, &p.Name, moment{&p.Since}, moment{&p.NoticeUntil},
		moment{&p.LastHuman}, &p.Cursor, &p.Zone, &p.Language, &p.newest)
	return p, err
}

// Place gives the place of a channel, making it if it is new.
func (t *Tx) Place(conn string, space chat.SpaceID, channel chat.ChannelID) (p Place, created bool, err error) {
	known, err := t.findPlace(conn, channel)
	if err != nil {
		return Place{}, false, err
	}
	if known != nil {
		return known.Place, false, nil
	}
	id, _, err := t.insert("add place", `INSERT INTO places (conn, space, channel) VALUES ($1, $2, $3) RETURNING id`,
		conn, string(space), string(channel))
	if err != nil {
		return Place{}, false, err
	}
	added := &place{Place: Place{ID: PlaceID(id), Conn: conn, Space: space, Channel: channel}}
	t.remember(added)
	return added.Place, true, nil
}

// FindPlace gives the place of a channel, if there is one.
func (t *Tx) FindPlace(conn string, channel chat.ChannelID) (Place, bool, error) {
	p, err := t.findPlace(conn, channel)
	if p == nil || err != nil {
		return Place{}, false, err
	}
	return p.Place, true, nil
}

// PlaceByID gives a place by its id.
func (t *Tx) PlaceByID(id PlaceID) (Place, bool, error) {
	p, err := t.placeByID(id)
	if p == nil || err != nil {
		return Place{}, false, err
	}
	return p.Place, true, nil
}

// Places gives the places of a space, or of the whole connection where space is empty, by id.
func (t *Tx) Places(conn string, space chat.SpaceID) ([]Place, error) {
	if err := t.flushRooms(); err != nil {
		return nil, err
	}
	return list(t, "places", func(r scanner) (Place, error) {
		p, err := scanPlace(r)
		return p.Place, err
	}, selectPlace+`WHERE conn = $1 AND ($2 = '' OR space = $2) ORDER BY id`, conn, string(space))
}

// SetPlace writes Space, Name, Since, NoticeUntil, Zone and Language.
func (t *Tx) SetPlace(p Place) error {
	_, err := t.exec("set place", `UPDATE places SET space = $2, name = $3, since = $4, notice_until = $5, zone = $6,
		language = $7 WHERE id = $1`,
		int64(p.ID), string(p.Space), p.Name, micros(p.Since), micros(p.NoticeUntil), p.Zone, p.Language)
	if known := t.memory.placeByID[p.ID]; known != nil && err == nil {
		known.Space, known.Name, known.Zone, known.Language = p.Space, p.Name, p.Zone, p.Language
		known.Since, known.NoticeUntil = stored(p.Since), stored(p.NoticeUntil)
	}
	return err
}

func (t *Tx) findPlace(conn string, channel chat.ChannelID) (*place, error) {
	if p := t.memory.places[placeKey{conn, channel}]; p != nil {
		return p, nil
	}
	return t.loadPlace(selectPlace+`WHERE conn = $1 AND channel = $2`, conn, string(channel))
}

func (t *Tx) placeByID(id PlaceID) (*place, error) {
	if p := t.memory.placeByID[id]; p != nil {
		return p, nil
	}
	return t.loadPlace(selectPlace+`WHERE id = $1`, int64(id))
}

// placeToChange is placeByID for those who write and were given the id by this store.
func (t *Tx) placeToChange(op string, id PlaceID) (*place, error) {
	if !t.writes {
		return nil, wrapped(op, errView())
	}
	p, err := t.placeByID(id)
	if err == nil && p == nil {
		err = fmt.Errorf("%s: no place has this id", op)
	}
	return p, err
}

func (t *Tx) loadPlace(query string, args ...any) (*place, error) {
	p, found, err := first(t, "place", scanPlace, query, args...)
	if !found || err != nil {
		return nil, err
	}
	t.remember(p)
	return p, nil
}

func (t *Tx) remember(p *place) {
	t.memory.places[placeKey{p.Conn, p.Channel}] = p
	t.memory.placeByID[p.ID] = p
}
