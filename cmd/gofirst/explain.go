package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/gofirst/gofirst/playbooks"
)

// explainCmd says what the bot would do about one message.
type explainCmd struct {
	configured
	Text       string   `arg:"" optional:"" help:"The message. Without one: what the rules say by themselves in a week."`
	Playbook   []string `placeholder:"NAME" help:"Only these playbooks. Otherwise those that the configuration turns on, and without one all."`
	Rule       string   `placeholder:"NAME" help:"Only the rule of this name, or those whose name has these words in it."`
	Folder     string   `placeholder:"DIR" help:"Playbooks of your own, beside those that the configuration knows. Otherwise, for a transcript, those that it stands beside."`
	Room       string   `placeholder:"ROOM" help:"Where it is said. Otherwise the first room of the playbooks."`
	As         string   `placeholder:"NAME" help:"Who says it. Otherwise that of the configuration's \"me\", or ana."`
	At         string   `placeholder:"TIME" help:"When, as a weekday and a time. Otherwise Mon 10:00; in a transcript, always."`
	Transcript string   `placeholder:"FILE[:LINE]" help:"Explain what the bot does in this transcript, also in one that fails; with a line, at that line's time."`
}

// Help is shown by "gofirst explain --help".
func (c *explainCmd) Help() string {
	return `Explain says the message in a chat that it makes up, lets a week pass in which nobody answers, and tells which rules ` +
		`looked at the message and why each spoke or held its tongue. It is the same engine as that of serve, and it needs none running.

  gofirst explain "How do I rotate the key?"                 who looks at it, and why who speaks
  gofirst explain --rule "invite the leader"                 what comes by itself, and in private
  gofirst explain --transcript well.txt:12                   what was decided at that line's time, and why`
}

// Run explains.
func (c *explainCmd) Run(ctx context.Context, std *stdio) (err error) {
	cfg, err := c.config()
	if err != nil {
		return err
	}
	if c.Transcript != "" {
		return c.retrace(ctx, std, cfg)
	}
	s, err := c.scene(cfg)
	if err != nil {
		return wrong(err)
	}
	w, err := openWorld(ctx, cfg, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.store.Close()) }()
	if err := w.play(ctx); err != nil {
		return err
	}
	return w.report(std.out)
}

// scene is what is explained: who says what, where and when, and which playbooks are on.
type scene struct {
	text, room, author string // without a text, nobody says anything
	only               rules
	at                 time.Time
	on                 []turnedOn
}

func (c *explainCmd) scene(cfg *config) (scene, error) {
	s := scene{text: c.Text, room: strings.TrimPrefix(c.Room, "#"), author: strings.TrimPrefix(c.As, "@")}
	var err error
	if s.on, err = c.chosen(cfg); err != nil {
		return s, err
	}
	if s.only, err = rulesMeant(c.Rule, booksOf(cfg, s.on)); err != nil {
		return s, err
	}
	if s.room == "" {
		s.room = firstRoom(cfg, s.on)
	}
	if s.author == "" {
		s.author = firstPerson(cfg)
	}
	if len(cfg.people) > 0 && !slices.Contains(cfg.people, s.author) {
		return s, fmt.Errorf("--as: there is no person %q%s", s.author, listed("known are ", cfg.people))
	}
	if len(cfg.rooms) > 0 && !slices.Contains(cfg.rooms, s.room) {
		return s, fmt.Errorf("--room: there is no room %q%s", s.room, listed("there are ", cfg.rooms))
	}
	for i := range s.on {
		s.on[i].settings = inRoom(cfg.book(s.on[i].id), s.on[i].settings, s.room)
	}
	s.at, err = moment(cmp.Or(c.At, map[bool]string{true: "Mon 00:00", false: "Mon 10:00"}[c.Text == ""]), cfg.zone)
	return s, err
}

func booksOf(cfg *config, on []turnedOn) (out []*playbooks.Playbook) {
	for _, o := range on {
		out = append(out, cfg.book(o.id))
	}
	return out
}

// chosen are the playbooks that are asked for, with what the configuration says of them.
func (c *explainCmd) chosen(cfg *config) ([]turnedOn, error) {
	if len(c.Playbook) == 0 && len(cfg.on) > 0 {
		return cfg.on, nil
	}
	var known, out = []string{}, []turnedOn{}
	for _, b := range cfg.books {
		known = append(known, b.ID)
	}
	names := c.Playbook
	if len(names) == 0 {
		names = known
	}
	for _, name := range names {
		if !slices.Contains(known, name) {
			return nil, fmt.Errorf("--playbook: there is no playbook %q%s", name, listed("there are ", known))
		}
		one := turnedOn{id: name}
		if at := slices.IndexFunc(cfg.on, func(o turnedOn) bool { return o.id == name }); at >= 0 {
			one = cfg.on[at]
		}
		out = append(out, one)
	}
	return out, nil
}

func firstRoom(cfg *config, on []turnedOn) string {
	for _, o := range on {
		if rooms := roomNames(cfg.book(o.id), o.settings); len(rooms) > 0 {
			return strings.TrimPrefix(rooms[0], "#")
		}
	}
	return append(cfg.rooms, "help")[0]
}

func firstPerson(cfg *config) string {
	if cfg.me != "" {
		return cfg.me
	}
	return append(cfg.people, "ana")[0]
}

// inRoom gives the settings with the room where they name none.
func inRoom(p *playbooks.Playbook, given map[string]any, room string) map[string]any {
	out := map[string]any{}
	for _, s := range p.Settings {
		if s.Type == "channels" {
			out[s.Name] = []string{room}
		}
	}
	for key, set := range given {
		if rooms, ok := set.([]string); ok {
			set = plainRooms(rooms)
		}
		out[strings.Replace(key, "@#", "@", 1)] = set
	}
	return out
}

func plainRooms(rooms []string) []string {
	var out []string
	for _, r := range rooms {
		out = append(out, strings.TrimPrefix(r, "#"))
	}
	return out
}

// moment reads "Mon 10:00" as a time of a week in March, when no clock jumps.
func moment(text string, zone *time.Location) (time.Time, error) {
	day, clock, _ := strings.Cut(text, " ")
	at, err := calendar.ParseTimeOfDay(clock)
	for i := range 7 {
		d := calendar.Date{Year: 2026, Month: time.March, Day: 2}.AddDays(i)
		if err == nil && strings.EqualFold(d.Weekday().String()[:3], day) {
			return d.At(at, zone), nil
		}
	}
	return time.Time{}, fmt.Errorf("--at wants a weekday and a time, such as \"Mon 10:00\", not %q", text)
}
