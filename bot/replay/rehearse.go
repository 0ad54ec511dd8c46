package replay

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// Options say what is rehearsed.
type Options struct {
	Playbooks   []*playbooks.Playbook
	Only        []string // ids of the playbooks to play; empty: all
	Rooms       []string // names of the rooms; empty: all
	Leaders     []string // as people write them: identifier, handle or name
	Helpers     []string
	Hosts       []string
	AutoHelpers bool // helpers are those who answered 5 or more questions of the channel in the 60 days before
	AutoLeaders bool // leaders of a room are the three who wrote most at its top level, ten times or more in the 60 days before
	AutoHosts   bool // hosts of a room are the five who wrote most there, twenty times or more in the 60 days before
	Patience    string
	Zone        *time.Location     // of everybody; nil: UTC
	Week        calendar.Timetable // hours in which people may be asked
	Since       time.Time          // zero: from the beginning
	Until       time.Time          // zero: until the last message; due times go on to it
	Store       *store.Store       // where it is played; made for it, deterministic, and closed by the caller
	Topics      bool               // keep every topic for Result.Topics
	Said        func(Line)         // told of each message that would have gone out, in order; nil: nobody is told
	Progress    func(done, total int64)
}

// conn is the name under which the record is played.
const conn = "record"

// Rehearse plays playbooks over a record and sends nothing. Two runs over the same record give the same result.
func Rehearse(ctx context.Context, record Record, o Options) (*Result, error) {
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	r := &rehearsal{options: o, record: record, tracker: newTracker(o.Topics), activity: newActivity()}
	r.spread, r.crowd = newAttention(o), newCrowd()
	if err := r.prepare(ctx); err != nil {
		return nil, err
	}
	if err := r.play(ctx); err != nil {
		return nil, err
	}
	return r.result()
}

// rehearsal is one run.
type rehearsal struct {
	options  Options
	record   Record
	books    []*playbooks.Playbook
	off      []Off
	roster   *assumed
	batch    *store.Batch
	driver   Driver
	tracker  *tracker
	activity *activity
	crowd    *crowd
	muted    *muted
	spread   *attention
	last     time.Time
	events   int
}

// Off is a playbook or rule that could not be played, and why.
type Off struct{ Playbook, Rule, Why string }

func (r *rehearsal) prepare(ctx context.Context) error {
	if err := r.choose(); err != nil {
		return err
	}
	if err := r.people(ctx); err != nil {
		return err
	}
	batch, err := r.options.Store.Batch(ctx)
	if err != nil {
		return fmt.Errorf("rehearse: %w", err)
	}
	r.batch = batch
	engine, err := bot.New(ctx, bot.Options{
		Store: r.options.Store, Turns: batchTurns{batch}, Playbooks: r.books, Roster: r.roster, Trace: r.seen,
		Defaults: bot.Defaults{Zone: r.options.Zone, Week: r.options.Week}, OneZone: true, NoNotice: true,
	})
	if err != nil {
		return err
	}
	r.muted = &muted{Record: r.record}
	engine.Connect(conn, r.muted)
	r.driver = Driver{Engine: engine, Conn: conn}
	return nil
}

// choose takes the playbooks that are to be played.
func (r *rehearsal) choose() error {
	for _, p := range r.options.Playbooks {
		if len(r.options.Only) == 0 || slices.Contains(r.options.Only, p.ID) {
			r.books = append(r.books, p)
		}
	}
	for _, id := range r.options.Only {
		if !slices.ContainsFunc(r.books, func(p *playbooks.Playbook) bool { return p.ID == id }) {
			return fmt.Errorf("there is no playbook %q", id)
		}
	}
	return nil
}

// people finds the accounts behind the names, and names the rules that have nobody.
func (r *rehearsal) people(ctx context.Context) error {
	r.roster = &assumed{conn: conn, roles: map[string][]chat.UserID{}, crowd: map[string]*crowd{}, now: func() time.Time { return r.driver.Now() }}
	if r.options.AutoLeaders {
		r.roster.crowd["leader"] = r.crowd
	}
	if r.options.AutoHosts {
		r.roster.crowd["host"] = r.crowd
	}
	if r.options.AutoHelpers {
		r.roster.auto = &r.tracker.answers
	}
	for role, names := range map[string][]string{"leader": r.options.Leaders, "helper": r.options.Helpers, "host": r.options.Hosts} {
		for _, name := range names {
			user, err := r.record.Find(ctx, "", name)
			if err != nil {
				return fmt.Errorf("%ss: nobody in this export is called %q", role, name)
			}
			r.roster.roles[role] = append(r.roster.roles[role], user)
			r.activity.watched[user] = role == "leader" || r.activity.watched[user]
		}
	}
	for _, p := range r.books {
		for _, rule := range p.Rules {
			r.missing(p, rule)
		}
	}
	return nil
}

// missing notes a rule whose group nobody belongs to.
func (r *rehearsal) missing(p *playbooks.Playbook, rule *playbooks.Rule) {
	names := []string{}
	if rule.Pick != nil {
		names = append(names, rule.Pick.From)
	}
	if s, ok := rule.When.(playbooks.OnSchedule); ok && s.For != "" {
		names = append(names, s.For)
	}
	for _, name := range names {
		role, _ := p.Setting(name).Default.(string)
		if len(r.roster.roles[role]) == 0 && r.roster.crowd[role] == nil && (role != "helper" || r.roster.auto == nil) {
			r.off = append(r.off, Off{p.ID, rule.Name, fmt.Sprintf("nobody is named as %s (--%ss)", role, role)})
		}
	}
}

// enable turns the playbooks on in every space, in the rooms asked for.
func (r *rehearsal) enable(ctx context.Context, at time.Time) error {
	spaces, err := r.record.Spaces(ctx)
	if err != nil {
		return err
	}
	for _, space := range spaces {
		rooms, err := r.rooms(ctx, space)
		if err != nil {
			return err
		}
		for _, p := range r.books {
			settings := map[string]any{}
			for _, s := range p.Settings {
				switch {
				case s.Type == "channels":
					settings[s.Name] = rooms
				case s.Name == "patience" && r.options.Patience != "":
					settings[s.Name] = r.options.Patience
				}
			}
			if err := r.driver.Engine.Enable(ctx, conn, space, p.ID, settings, at); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *rehearsal) rooms(ctx context.Context, space chat.SpaceID) ([]string, error) {
	all, err := r.record.Channels(ctx, space)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, c := range all {
		if len(r.options.Rooms) == 0 || slices.Contains(r.options.Rooms, c.Name) || slices.Contains(r.options.Rooms, string(c.Channel)) {
			out = append(out, string(c.Channel))
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("none of the rooms %v is in this export", r.options.Rooms)
	}
	return out, nil
}

// errEnd ends the reading early, at --until.
var errEnd = errors.New("end of the stretch that is rehearsed")

func (r *rehearsal) play(ctx context.Context) error {
	err := r.record.Run(ctx, nil, r.take)
	if err != nil && !errors.Is(err, errEnd) {
		return errors.Join(err, r.batch.Close())
	}
	if r.events > 0 {
		end := r.last
		if r.options.Until.After(end) {
			end = r.options.Until
		}
		err := r.driver.Until(ctx, end)
		if err == nil {
			err = r.batch.Turn(func(tx *store.Tx) error { _, err := tx.Housekeeping(end); return err })
		}
		if err != nil {
			return errors.Join(err, r.batch.Close())
		}
	}
	return r.batch.Close()
}

// take is the sink: the tracker looks first, then the engine.
func (r *rehearsal) take(ctx context.Context, ev chat.Event) error {
	at := ev.Head().Time
	if at.Before(r.options.Since) {
		return nil
	}
	if !r.options.Until.IsZero() && at.After(r.options.Until) {
		return errEnd
	}
	if r.events == 0 {
		if err := r.enable(ctx, at); err != nil {
			return err
		}
		if err := r.driver.Start(ctx, at); err != nil {
			return err
		}
	}
	r.events++
	if m, ok := ev.(chat.MessagePosted); ok {
		r.tracker.posted(m)
		r.activity.posted(m)
		r.crowd.posted(m)
	}
	r.last = at
	if r.events%4096 == 0 {
		r.report()
	}
	return r.driver.Take(ctx, ev)
}

func (r *rehearsal) report() {
	if c, ok := r.record.(Counted); ok && r.options.Progress != nil {
		r.options.Progress(c.Progress())
	}
}

// seen is the engine's trace.
func (r *rehearsal) seen(t bot.Trace) {
	switch {
	case t.Step == bot.Heard && t.Subject != "":
		r.tracker.asked(t.Channel, t.Message, t.Author, t.At)
	case t.Step == bot.Settled && t.Reason == chat.Answered:
		r.tracker.settled(t.Channel, t.Message, t.Author, t.At)
	}
	r.spread.seen(t)
	if t.Step == bot.Said && r.options.Said != nil {
		r.options.Said(r.muted.line(t))
	}
}

// batchTurns commits many turns in one transaction: a record waits for no acknowledgement.
type batchTurns struct{ batch *store.Batch }

// Turn runs one turn in the batch.
func (b batchTurns) Turn(_ context.Context, do func(*store.Tx) error) error { return b.batch.Turn(do) }
