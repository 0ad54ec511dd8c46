package replay

import (
	"bytes"
	"context"
	"crypto/sha256"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// stageConn is the name under which the stage is connected.
const stageConn = "stage"

// newPlayer sets the stage: people, rooms, roles, playbooks, and the engine that plays. It may give a player with its
// error: one whose store wants closing.
func newPlayer(ctx context.Context, t Transcript, o PlayOptions) (*player, error) {
	p := &player{
		ctx: ctx, t: t, users: map[string]chat.UserID{}, rooms: map[string]chat.ChannelID{},
		names: map[chat.UserID]string{}, newest: map[chat.UserID]spot{},
	}
	p.driver.Conn, p.driver.now = stageConn, t.cast.start.At(0, t.cast.zone)
	p.stage = o.Stage(func() time.Time { return p.driver.Now().In(t.cast.zone) })
	p.names[p.stage.Self()] = "bot"
	p.enterPeople()
	p.openRooms()
	key, err := store.NewKey(bytes.NewReader(make([]byte, 32)))
	if err != nil {
		return nil, err
	}
	chance := &chance{}
	if p.store, err = store.OpenWith(ctx, ":memory:", key, chance); err != nil {
		return nil, err
	}
	if err := p.store.Turn(ctx, func(tx *store.Tx) error { return p.write(tx, chance) }); err != nil {
		return p, err
	}
	return p, p.begin(o)
}

// begin makes the engine, turns the playbooks on, and lets it come to the first morning.
func (p *player) begin(o PlayOptions) (err error) {
	if p.driver.Engine, err = bot.New(p.ctx, p.options(o)); err != nil {
		return err
	}
	p.driver.Engine.Connect(stageConn, p.stage.Adapter())
	if err := p.enable(o.Playbooks); err != nil {
		return err
	}
	if err := p.driver.Engine.AskCandidates(p.ctx, p.driver.Now()); err != nil {
		return err
	}
	return p.driver.Start(p.ctx, p.driver.Now())
}

// chance is the randomness of the store. Before a person is met it begins anew from their name, so that adding
// somebody to a transcript changes nothing for the others.
type chance struct{ source *rand.ChaCha8 }

func (c *chance) seed(name string) { c.source = rand.NewChaCha8(sha256.Sum256([]byte(name))) }

// Read implements io.Reader.
func (c *chance) Read(b []byte) (int, error) {
	if c.source == nil {
		c.seed("")
	}
	return c.source.Read(b)
}

func (p *player) enterPeople() {
	for _, one := range p.t.cast.people {
		user := p.stage.AddPerson(chat.Profile{User: chat.UserID(one.name), Language: one.language, Zone: one.zone})
		p.users[one.name], p.names[user] = user, one.name
	}
}

// openRooms makes the rooms. Everybody is in them, but for those who will first of all join.
func (p *player) openRooms() {
	for _, r := range p.t.cast.rooms {
		var inside []chat.UserID
		for _, one := range p.t.cast.people {
			if !p.t.joins(one.name, r.name) {
				inside = append(inside, p.users[one.name])
			}
		}
		p.rooms[r.name] = p.stage.AddChannel(r.name, inside...)
	}
}

// joins reports whether the first that a transcript tells of a person and the doors of a room is that they enter.
func (t Transcript) joins(who, in string) bool {
	for _, s := range t.steps {
		if m, ok := s.do.(moves); ok && m.who == who && m.in == in {
			return m.enter
		}
	}
	return false
}

func (p *player) options(o PlayOptions) bot.Options {
	c := p.t.cast
	out := bot.Options{
		Store: p.store, Turns: p.store, Playbooks: o.Playbooks, Runs: "Ada",
		Defaults: bot.Defaults{Zone: c.zone, Week: c.hours, Language: c.language, Formal: c.formal},
		Trace:    func(t bot.Trace) { p.traces = append(p.traces, t) },
	}
	for _, one := range c.people {
		if slices.Contains(one.roles, "steward") {
			out.Stewards = append(out.Stewards, bot.Steward{Connection: stageConn, Name: one.name})
		}
		for _, role := range one.candidate {
			out.Groups = append(out.Groups, bot.Group{Connection: stageConn, Role: role, Names: []string{one.name}})
		}
	}
	return out
}

// write puts into the store what was so before the transcript begins.
func (p *player) write(tx *store.Tx, chance *chance) error {
	for _, r := range p.t.cast.rooms {
		if err := p.writeRoom(tx, r); err != nil {
			return err
		}
	}
	for _, one := range p.t.cast.people {
		chance.seed(one.name)
		if err := p.writePerson(tx, one); err != nil {
			return err
		}
	}
	return nil
}

// history is for how many weeks a busy room has been busy.
const history = 5

func (p *player) writeRoom(tx *store.Tx, r room) error {
	place, _, err := tx.Place(stageConn, p.stage.Space(), p.rooms[r.name])
	if err != nil {
		return err
	}
	place.Language = r.language
	if err := tx.SetPlace(place); err != nil {
		return err
	}
	for back := 1; back <= 7*history; back++ {
		day := p.t.cast.start.AddDays(-back)
		if !slices.Contains(r.busy, day.Weekday()) {
			continue
		}
		if err := tx.AddRoomPost(place.ID, int(day.At(0, time.UTC).Unix()/86400)); err != nil {
			return err
		}
	}
	return nil
}

func (p *player) writePerson(tx *store.Tx, one person) error {
	row, _, err := tx.Person(stageConn, p.users[one.name])
	if err != nil {
		return err
	}
	for _, role := range one.roles {
		if role == "steward" {
			continue // comes from the configuration, see options
		}
		err := tx.SetRole(store.Role{
			Conn: stageConn, Space: p.stage.Space(), Person: row.ID, Role: role, State: store.Accepted, Since: p.driver.Now(),
		})
		if err != nil {
			return err
		}
	}
	if one.address != "" {
		row.Prefs = `{"address":"` + one.address + `"}`
		if err := tx.UpdatePerson(row); err != nil {
			return err
		}
	}
	if len(one.roles) == 0 && one.address == "" {
		return nil
	}
	return tx.KeepSealed(row.ID, p.users[one.name])
}

// enable turns the playbooks on, in all rooms where a line says nothing of them.
func (p *player) enable(all []*playbooks.Playbook) error {
	for _, b := range p.t.cast.books {
		at := slices.IndexFunc(all, func(x *playbooks.Playbook) bool { return x.ID == b.id })
		if at < 0 {
			return p.miscast(b, "there is no such playbook")
		}
		settings := p.settings(all[at], b)
		if err := p.driver.Engine.Enable(p.ctx, stageConn, p.stage.Space(), b.id, settings, p.driver.Now()); err != nil {
			return p.miscast(b, err.Error())
		}
	}
	return nil
}

func (p *player) settings(of *playbooks.Playbook, b book) map[string]any {
	given := map[string]any{}
	for name, value := range b.settings {
		given[name] = value
	}
	for _, s := range of.Settings {
		switch value, ok := b.settings[s.Name]; {
		case s.Type != "channels":
		case ok:
			given[s.Name] = strings.Fields(strings.ReplaceAll(value, ",", " "))
		default:
			given[s.Name] = p.allRooms()
		}
	}
	return given
}

func (p *player) allRooms() []string {
	var out []string
	for _, r := range p.t.cast.rooms {
		out = append(out, "#"+r.name)
	}
	return out
}

func (p *player) miscast(b book, message string) error {
	return &Failure{File: p.t.File, Line: b.line, Want: "playbook  " + b.id, Message: message}
}
