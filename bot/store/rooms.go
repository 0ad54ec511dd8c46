package store

import (
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// What changes with every message is kept in memory and written once a transaction: where a channel has been
// read to, when a person last wrote in it, how many posts a day had.

// SetCursor keeps how far the channel has been read.
func (t *Tx) SetCursor(id PlaceID, c chat.Cursor) error {
	p, err := t.placeToChange("set cursor", id)
	if err != nil {
		return err
	}
	if p.Cursor != c {
		p.Cursor = c
		t.change(p)
	}
	return nil
}

// SetLastHuman keeps when a person last wrote here; an earlier time changes nothing.
func (t *Tx) SetLastHuman(id PlaceID, at time.Time) error {
	p, err := t.placeToChange("set last human", id)
	if err != nil {
		return err
	}
	if at = stored(at); at.After(p.LastHuman) {
		p.LastHuman = at
		t.change(p)
	}
	return nil
}

// AddRoomPost counts a post. The day is counted from 1970-01-01 in the room's own zone.
func (t *Tx) AddRoomPost(id PlaceID, day int) error {
	if !t.writes {
		return wrapped("add room post", errView())
	}
	t.memory.posts.add(roomDay{id, day})
	return nil
}

// RoomDays gives the posts of the days from…to, both included. Days without posts are left out.
func (t *Tx) RoomDays(id PlaceID, from, to int) (map[int]int, error) {
	if err := t.flushPosts(); err != nil {
		return nil, err
	}
	days := map[int]int{}
	_, err := list(t, "room days", func(r scanner) (struct{}, error) {
		var day, posts int
		err := r.Scan(&day, &posts)
		days[day] = posts
		return struct{}{}, err
	}, `SELECT day, posts FROM room_days WHERE place = $1 AND day BETWEEN $2 AND $3`, int64(id), from, to)
	return days, err
}

// roomRow is what changes of a place with every message.
type roomRow struct {
	place, lastHuman int64
	cursor           string
	newest           int64
}

// change queues the place's row, or changes the row that the turn has queued before.
func (t *Tx) change(p *place) {
	row := roomRow{int64(p.ID), micros(p.LastHuman), string(p.Cursor), p.newest}
	q := &t.memory.rooms
	if q.own(p.queued) && q.rows[p.queued].place == row.place {
		q.rows[p.queued] = row
		return
	}
	p.queued = len(q.rows)
	q.add(row)
}

func (t *Tx) flushRooms() error {
	q := &t.memory.rooms
	last := make(map[int64]roomRow)
	for _, row := range q.waiting() {
		last[row.place] = row
	}
	for _, row := range last {
		_, err := t.exec("write place", `UPDATE places SET last_human = $2, cursor = $3, newest = $4 WHERE id = $1`,
			row.place, row.lastHuman, row.cursor, row.newest)
		if err != nil {
			return err
		}
	}
	q.written = len(q.rows)
	return nil
}

func (t *Tx) flushPosts() error {
	q := &t.memory.posts
	posts := make(map[roomDay]int)
	for _, at := range q.waiting() {
		posts[at]++
	}
	for at, n := range posts {
		_, err := t.exec("write room posts", `INSERT INTO room_days (place, day, posts) VALUES ($1, $2, $3)
			ON CONFLICT (place, day) DO UPDATE SET posts = room_days.posts + excluded.posts`,
			int64(at.place), at.day, n)
		if err != nil {
			return err
		}
	}
	q.written = len(q.rows)
	return nil
}
