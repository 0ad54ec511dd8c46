package bot

import (
	"context"
	"fmt"
	"time"

	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/question"
	"github.com/gofirst/gofirst/bot/store"
)

// turn is one transaction: one event or one thing that fell due, with all that follows from it. What may only
// happen once it is stored (answers, forms, traces) waits in after.
type turn struct {
	*Engine
	*shelf
	ctx   context.Context
	tx    *store.Tx
	conn  *Connection
	now   time.Time
	after []func(context.Context)

	by       store.PersonID // who asked for it by command, button, menu or form; 0: nobody did
	spared   store.PersonID // who let be what they were asked: nothing that follows from it goes to them
	queued   int            // deliveries that this turn has made
	learning bool           // the event is of the past: no rule looks at it
}

// queuedAt is when the next delivery of this turn was made: each a microsecond later, so that what falls due together
// is said in the order in which it came about.
func (t *turn) queuedAt() time.Time {
	t.queued++
	return t.now.Add(time.Duration(t.queued) * time.Microsecond)
}

// Take handles one event. A nil error means that all it leads to is stored; the same event again changes
// nothing. now is the time by which is decided: live the clock's, over a record the event's own.
func (e *Engine) Take(ctx context.Context, conn string, ev chat.Event, now time.Time) error {
	c, err := e.connection(conn)
	if err != nil {
		return err
	}
	e.meet(ctx, c, ev, now)
	err = e.turn(ctx, c, now, func(t *turn) error { return t.event(ev) })
	if err != nil {
		e.notSaved(ctx, c, ev)
		return fmt.Errorf("take %T: %w", ev, err)
	}
	return nil
}

// turn runs do in one transaction, then what waited for it. do may run again if the store asks for it.
func (e *Engine) turn(ctx context.Context, c *Connection, now time.Time, do func(*turn) error) error {
	t := &turn{Engine: e, ctx: ctx, conn: c, now: now}
	err := e.options.Turns.Turn(ctx, func(tx *store.Tx) error {
		t.tx, t.shelf, t.after, t.queued, t.by, t.spared = tx, e.current.Load(), nil, 0, 0, 0
		return do(t)
	})
	if err != nil {
		return err
	}
	for _, f := range t.after {
		f(ctx)
	}
	return nil
}

func (t *turn) event(ev chat.Event) error {
	switch ev := ev.(type) {
	case chat.MessagePosted:
		return t.posted(ev)
	case chat.MessageEdited:
		return t.once(ev.Header, func() error { return t.edited(ev) })
	case chat.MessageDeleted:
		return t.once(ev.Header, func() error { return t.deleted(ev) })
	case chat.Reaction:
		return t.once(ev.Header, func() error { return t.reaction(ev) })
	case chat.MemberJoined:
		return t.once(ev.Header, func() error { return t.joined(ev) })
	case chat.CommandInvoked:
		return t.once(ev.Header, func() error { return t.command(ev) })
	case chat.ButtonPressed:
		return t.once(ev.Header, func() error { return t.pressed(ev) })
	case chat.FormSubmitted:
		return t.once(ev.Header, func() error { return t.submitted(ev) })
	case chat.ActionInvoked:
		return t.once(ev.Header, func() error { return t.action(ev) })
	case chat.HomeOpened:
		return t.once(ev.Header, func() error { return t.homeOpened(ev) })
	case chat.MemberLeft:
		return t.once(ev.Header, func() error { return t.left(ev) })
	}
	return fmt.Errorf("no event of this kind is known: %T", ev)
}

// remembered is for how long the store knows which events were taken.
const remembered = 35 * day

// once does what follows from an event unless the event was taken before, and keeps its cursor.
func (t *turn) once(h chat.Header, do func() error) error {
	at := h.Time // the same each time that the event is told
	if at.IsZero() {
		at = t.now
	}
	if t.now.Sub(at) > remembered {
		return nil // nobody could say any more whether it was taken
	}
	fresh, err := t.tx.SeenEvent(t.conn.Name, h.ID, at)
	if err != nil || !fresh {
		return err
	}
	if err := do(); err != nil {
		return err
	}
	return t.keepCursor(h)
}

func (t *turn) keepCursor(h chat.Header) error {
	if h.Cursor == "" || h.Place.Channel == "" || h.Place.Direct || t.conn.info.Replay {
		return nil
	}
	place, err := t.place(h.Place)
	if err != nil {
		return err
	}
	return t.tx.SetCursor(place.ID, h.Cursor)
}

// posted looks at a message.
func (t *turn) posted(m chat.MessagePosted) error {
	if m.Actor.Self {
		return t.echo(m)
	}
	if !m.Actor.Human() || m.System {
		return t.program(m)
	}
	if m.Place.Direct {
		return t.once(m.Header, func() error { return t.toldDirectly(m) })
	}
	if text, ok := t.mentioned(m); ok {
		return t.once(m.Header, func() error { return t.commandFrom(m, text) })
	}
	return t.written(m)
}

// written takes what a person wrote in a room.
func (t *turn) written(m chat.MessagePosted) error {
	place, err := t.place(m.Place)
	if err != nil {
		return err
	}
	author, err := t.person(m.Actor.User)
	if err != nil {
		return err
	}
	thread := m.Place.Thread
	fresh, err := t.tx.AddMessage(store.Message{
		Place: place.ID, Message: m.Message, Author: author.ID, At: m.Time, Thread: thread, Flags: flagsOf(m),
	})
	if err != nil || !fresh {
		return err
	}
	if err := t.signOfLife(place, m.Time, thread != ""); err != nil {
		return err
	}
	if thread != "" && !m.Broadcast || m.OrphanThread {
		err = t.reply(place, author, m)
	} else {
		err = t.topLevel(place, author, m)
	}
	if err != nil {
		return err
	}
	return t.keepCursor(m.Header)
}

// Flags of a stored message.
const (
	flagAttachment = 1 << iota
	flagBroadcast
)

func flagsOf(m chat.MessagePosted) (flags int64) {
	if m.Attachments > 0 {
		flags |= flagAttachment
	}
	if m.Broadcast {
		flags |= flagBroadcast
	}
	return flags
}

// signOfLife counts a person's message for its room's day, and lets go what waited for one there.
func (t *turn) signOfLife(place store.Place, at time.Time, inThread bool) error {
	day := calendar.DateOf(at, t.zoneOf(place))
	if err := t.tx.AddRoomPost(place.ID, dayNumber(day)); err != nil {
		return err
	}
	if !t.rooms.wrote(place.ID, day.ISOWeek(), inThread) {
		return nil
	}
	waiting, err := t.tx.HeldFor(place.ID, string(chat.RoomSilent))
	if err != nil {
		return err
	}
	for _, d := range waiting {
		t.wake(&t.deliveries, t.now)
		if err := t.tx.Hold(d.Key, t.now, string(chat.RoomSilent)); err != nil {
			return err
		}
	}
	return nil
}

// shareWords is the length from which a top-level message without a question is taken as a share.
const shareWords = 30

// announcedWords is the length that suffices of somebody who said "I write" to an invitation: two rough sentences.
const announcedWords = 8

// topLevel looks at a message at the top level of a room: a question, something shown, or neither.
func (t *turn) topLevel(place store.Place, author store.Person, m chat.MessagePosted) error {
	if err := t.heardSaying(m); err != nil {
		return err
	}
	before := t.rooms.spoke(place.ID, utterance{author.ID, m.Message, m.Time})
	verdict := question.Detect(m.Text)
	seeks := verdict.Seeks && !t.addresses(m)
	if err := t.besideQuestions(place, author, m, seeks, before); err != nil {
		return err
	}
	switch {
	case seeks:
		return t.asked(place, author, m, false)
	case verdict.Question:
		t.heard(m, chat.NotAQuestion)
		return nil
	case LooksLikeShare(m):
		return t.seenShare(place, author, m, opens(author, m, before))
	case question.CountWords(m.Text) >= announcedWords:
		return t.announcedShare(place, author, m)
	}
	return nil
}

// LooksLikeShare reports whether a message at the top level of a room shows something: 30 words or more, or an
// attachment. Questions, commands and system posts are told apart before.
func LooksLikeShare(m chat.MessagePosted) bool {
	return m.Attachments > 0 || question.CountWords(m.Text) >= shareWords
}

func (t *turn) heard(m chat.MessagePosted, reason chat.Reason) {
	t.trace(Trace{Step: Heard, Channel: m.Place.Channel, Message: m.Message, Author: m.Actor.User, Reason: reason})
}

// trace tells the onlooker once the turn is stored.
func (t *turn) trace(tr Trace) {
	tr.At, tr.Conn = t.now, t.conn.Name
	t.onStored(func(context.Context) { t.options.Trace(tr) })
}

// place gives the row of a room. Somebody's conversation with the bot has none: its identifier tells who they are, and
// a row of it, or a cursor, that they once answered.
func (t *turn) place(p chat.Place) (store.Place, error) {
	if p.Direct {
		return store.Place{Conn: t.conn.Name, Space: p.Space, Channel: p.Channel}, nil
	}
	place, _, err := t.tx.Place(t.conn.Name, p.Space, p.Channel)
	return place, err
}

func (t *turn) person(user chat.UserID) (store.Person, error) {
	person, _, err := t.tx.Person(t.conn.Name, user)
	if err == nil {
		t.conn.users.put(person.ID, user)
	}
	return person, err
}

// dayNumber counts days since 1 January 1970.
func dayNumber(d calendar.Date) int {
	return int(time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}
