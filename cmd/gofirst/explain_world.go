package main

import (
	"bytes"
	"context"
	"maps"
	"slices"
	"time"

	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/replay"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// world is a chat that is made up around one message, with the real engine in it.
type world struct {
	scene
	teller
	config  *config
	store   *store.Store
	driver  *replay.Driver
	stage   replay.Stage
	message chat.MessageID
	traces  []bot.Trace
	members map[string][]string // who is assumed to have accepted which role
}

// conn is the name of the connection in it.
const conn = "local"

// week is how long it is waited for what comes of the message.
const week = 7 * 24 * time.Hour

func openWorld(ctx context.Context, c *config, s scene) (*world, error) {
	key, err := store.NewKey(bytes.NewReader(make([]byte, 32))) // the same each time, and so the same choices
	if err != nil {
		return nil, err
	}
	w := &world{scene: s, teller: teller{zone: c.zone}, config: c, driver: &replay.Driver{Conn: conn}, members: map[string][]string{}}
	if w.store, err = store.OpenWith(ctx, ":memory:", key, steady()); err != nil {
		return nil, err
	}
	w.stage = newStage(func() time.Time { return w.driver.Now().In(c.zone) })
	w.engine, err = bot.New(ctx, bot.Options{
		Store: w.store, Turns: w.store, Playbooks: playbooksOf(c.books), Defaults: c.defaults(), Runs: c.runs, OneZone: true,
		Trace: func(t bot.Trace) { w.traces = append(w.traces, t) },
	})
	if err != nil {
		return nil, err
	}
	w.driver.Engine = w.engine
	w.engine.Connect(conn, w.stage.Adapter())
	return w, nil
}

// play says the message, if there is one, and lets a week pass.
func (w *world) play(ctx context.Context) error {
	if err := w.driver.Start(ctx, w.at.Add(-time.Hour)); err != nil {
		return err
	}
	if err := w.people(ctx); err != nil {
		return err
	}
	if w.text == "" {
		if err := w.store.Turn(ctx, w.live); err != nil {
			return err
		}
	}
	for _, on := range w.on {
		if err := w.engine.Enable(ctx, conn, w.stage.Space(), on.id, on.settings, w.driver.Now()); err != nil {
			return err
		}
	}
	if err := w.driver.Until(ctx, w.at); err != nil {
		return err
	}
	if w.text == "" {
		return w.driver.Until(ctx, w.at.Add(week))
	}
	said, err := w.stage.Say(chat.UserID(w.author), chat.ChannelID(w.room), "", w.text, 0)
	if err != nil {
		return err
	}
	w.message = said.Message
	if err := w.driver.Take(ctx, said); err != nil {
		return err
	}
	return w.driver.Until(ctx, w.at.Add(week))
}

// live lets people write in the room on every working day, five weeks back and in the week to come: what a schedule
// waits for. What they write nobody looks at.
func (w *world) live(tx *store.Tx) error {
	place, _, err := tx.Place(conn, w.stage.Space(), chat.ChannelID(w.room))
	if err != nil {
		return err
	}
	first := calendar.DateOf(w.at, w.config.zone)
	for n := -35; n < 7; n++ {
		day := first.AddDays(n)
		if len(w.config.hours[day.Weekday()]) == 0 {
			continue
		}
		if err := tx.AddRoomPost(place.ID, int(day.At(0, time.UTC).Unix()/86400)); err != nil {
			return err
		}
	}
	return nil
}

// people fills the room: the author, and for each role that the playbooks turn to those whom the configuration names,
// or else somebody who is called like the role.
func (w *world) people(ctx context.Context) error {
	everybody := []chat.UserID{chat.UserID(w.author)}
	for _, role := range w.roles() {
		names := slices.DeleteFunc(slices.Clone(w.config.groups[role]), func(n string) bool { return n == w.author })
		if len(names) == 0 {
			names = []string{role}
		}
		w.members[role] = names
		for _, n := range names {
			everybody = append(everybody, chat.UserID(n))
		}
	}
	for _, user := range everybody {
		w.stage.AddPerson(chat.Profile{User: user, Language: w.config.language})
	}
	w.stage.AddChannel(w.room, everybody...)
	return w.store.Turn(ctx, w.accept)
}

// roles lists the roles that the playbooks turn to.
func (w *world) roles() []string {
	found := map[string]bool{}
	for _, on := range w.on {
		p := w.config.book(on.id)
		values, err := p.Fill(on.settings)
		if err != nil {
			continue // Enable says so
		}
		for _, s := range p.Settings {
			if role, ok := values[s.Name].(string); ok && s.Type == "role" && slices.Contains(playbooks.Roles, role) {
				found[role] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// accept lets everybody who is named for a role have said yes.
func (w *world) accept(tx *store.Tx) error {
	for _, role := range keys(w.members) {
		for _, name := range w.members[role] {
			row, _, err := tx.Person(conn, chat.UserID(name))
			if err != nil {
				return err
			}
			err = tx.SetRole(store.Role{
				Conn: conn, Space: w.stage.Space(), Person: row.ID, Role: role, State: store.Accepted, Since: w.driver.Now(),
			})
			if err != nil {
				return err
			}
			if err := tx.KeepSealed(row.ID, chat.UserID(name)); err != nil {
				return err
			}
		}
	}
	return nil
}
