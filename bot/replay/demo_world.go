package replay

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// demoRooms are the rooms by part, in the languages of the demo.
var demoRooms = []struct {
	part string
	name demoText
}{
	{"platform", demoText{"platform", "plateforme"}},
	{"help", demoText{"help", "aide"}},
	{"support", demoText{"support", "support"}},
}

// demoRoles are what people said yes to before the story begins.
var demoRoles = map[string]string{"leader": "leader", "away": "leader", "helper": "helper", "second": "helper", "early": "host"}

// demoPast is for how many weeks the team has lived before the bot is turned on.
const demoPast = 5

// build makes the world in which the story begins.
func (d *Demo) build(ctx context.Context) error {
	random := sha256.Sum256(fmt.Appendf(nil, "gofirst demo %d", d.o.Seed))
	key, err := store.NewKey(bytes.NewReader(random[:]))
	if err != nil {
		return err
	}
	if d.store, err = store.OpenWith(ctx, ":memory:", key, rand.NewChaCha8(random)); err != nil {
		return err
	}
	if err := d.inhabit(ctx); err != nil {
		return fmt.Errorf("%w%s", err, closed(d.store.Close()))
	}
	return nil
}

func closed(err error) string {
	if err == nil {
		return ""
	}
	return "; " + err.Error()
}

func (d *Demo) inhabit(ctx context.Context) error {
	d.driver.now = d.begin.AddDate(0, 0, -7*demoPast)
	d.stage = d.o.Stage(d.Now)
	d.invite()
	engine, err := bot.New(ctx, bot.Options{
		Store: d.store, Turns: d.store, Playbooks: d.o.Playbooks, Trace: d.seen, Runs: d.called(d.users["early"]),
		Defaults: bot.Defaults{Language: d.o.Language}, NoNotice: true,
	})
	if err != nil {
		return err
	}
	engine.Connect(stageConn, d.stage.Adapter())
	d.driver.Engine, d.driver.Conn = engine, stageConn
	if err := d.store.Turn(ctx, d.accept); err != nil {
		return err
	}
	d.live()
	if err := d.until(ctx, d.begin); err != nil {
		return err
	}
	return d.enable(ctx)
}

// invite makes the people and the rooms, in which everybody is.
func (d *Demo) invite() {
	var all []chat.UserID
	for _, c := range demoCast {
		name := c.names[0]
		if d.o.Seed != 1 {
			name = c.names[d.chance.IntN(len(c.names))]
		}
		d.users[c.part] = d.stage.AddPerson(chat.Profile{Handle: strings.ToLower(name), Name: name, Language: d.o.Language})
		all = append(all, d.users[c.part])
	}
	for _, r := range demoRooms {
		d.rooms[r.part] = d.stage.AddChannel(r.name.in(d.o.Language), all...)
	}
}

// accept writes what people have said yes to, and who is on leave.
func (d *Demo) accept(tx *store.Tx) error {
	for _, c := range demoCast {
		user := d.users[c.part]
		row, _, err := tx.Person(stageConn, user)
		if err != nil {
			return err
		}
		d.ids[row.ID] = user
		if role := demoRoles[c.part]; role != "" {
			err := tx.SetRole(store.Role{
				Conn: stageConn, Space: d.stage.Space(), Person: row.ID, Role: role, State: store.Accepted, Since: d.Now(),
			})
			if err != nil {
				return err
			}
			if err := tx.KeepSealed(row.ID, user); err != nil {
				return err
			}
		}
		if c.part == "away" {
			row.AwayFrom, row.AwayUntil = d.begin, d.begin.AddDate(0, 0, 14)
			if err := tx.UpdatePerson(row); err != nil {
				return err
			}
		}
	}
	return nil
}

// live plans the weeks before the story: each room has its day, and everybody has asked, answered and shown
// something once, so that no first step of the story is anybody's first.
func (d *Demo) live() {
	for week := range demoPast {
		monday := d.begin.AddDate(0, 0, 7*(week-demoPast))
		for i, c := range demoCast {
			at := monday.Add(time.Duration(10*60+20*i) * time.Minute)
			next := d.users[demoCast[(i+1)%len(demoCast)].part]
			switch {
			case week == 0:
				d.ask(at, i, d.rooms["help"], d.users[c.part], next)
				d.at(at, func() error { return d.post(d.users[c.part], d.rooms["platform"], "", demoSketch.in(d.o.Language), 1) })
			case c.part == "away":
				d.chat(at.AddDate(0, 0, 2), d.users[c.part], d.rooms["support"])
			default:
				d.chat(at, d.users[c.part], d.rooms["platform"])
			}
		}
		d.ask(monday.Add(14*time.Hour), week, d.rooms["help"], d.users["joker"], d.users["helper"])
		d.ask(monday.Add(15*time.Hour), week+5, d.rooms["help"], d.users["early"], d.users["helper"])
		d.chat(monday.AddDate(0, 0, 2).Add(11*time.Hour), d.users["away"], d.rooms["support"])
		d.chat(monday.AddDate(0, 0, 2).Add(12*time.Hour), d.users["visitor"], d.rooms["support"])
	}
}

// demoBooks are the playbooks of which the story tells; the others are there, and off.
var demoBooks = []string{"celebrate-first", "question-rescue", "restitution", "share-first"}

// enable turns them on, in all rooms. Nobody in this team took the role of those who are offered to do an
// example their own way: who follows, follows by themselves.
func (d *Demo) enable(ctx context.Context) error {
	var rooms []string
	for _, r := range demoRooms {
		rooms = append(rooms, string(d.rooms[r.part]))
	}
	for _, p := range d.o.Playbooks {
		if !slices.Contains(demoBooks, p.ID) {
			continue
		}
		settings := map[string]any{}
		for _, s := range p.Settings {
			switch {
			case s.Type == "channels":
				settings[s.Name] = rooms
			case s.Name == "neighbours":
				settings[s.Name] = "ambassador"
			}
		}
		if err := d.driver.Engine.Enable(ctx, stageConn, d.stage.Space(), p.ID, settings, d.Now()); err != nil {
			return err
		}
	}
	return nil
}
