package replay

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// DemoOptions say which story is told. Stage, Playbooks and Show are required.
type DemoOptions struct {
	Stage     func(now func() time.Time) Stage
	Playbooks []*playbooks.Playbook
	Seed      uint64
	Weeks     int            // 2 where it is 0
	Language  string         // "en" where it is empty, or "fr"
	Show      func(DemoLine) // sees the lines of the story, in order
}

// DemoLine is one line of the story: something that was said, or, where From is empty, a remark of the narrator.
type DemoLine struct {
	Beat    string    // the name of what happens, for tests; empty for what may be left out
	At      time.Time // zero: at no time
	From    chat.UserID
	Bot     bool
	To      chat.UserID // in private
	Channel chat.ChannelID
	Under   chat.UserID // whose words it answers
	Quiet   bool        // the bot holds its tongue
	Text    string      // of the bot's words whole sentences; "…" stands for those that were left out
	Buttons []chat.Button
}

// Demo is an invented team that lives for some weeks with the real bot. What people do is written here, with some
// chance; what the bot says and does not say is the engine's, playing the playbooks given. It keeps everything in
// memory, reads no clock, and sends nothing anywhere. The same options tell the same story. Not for concurrent use.
type Demo struct {
	o      DemoOptions
	chance *rand.Rand
	stage  Stage
	store  *store.Store
	driver Driver
	users  map[string]chat.UserID // by part
	ids    map[store.PersonID]chat.UserID
	rooms  map[string]chat.ChannelID // by part
	begin  time.Time                 // the Monday of the first week

	agenda  []demoDeed
	taken   int // of the stage's events
	heard   int // of what the bot said
	err     error
	told    map[string]bool // beats that were shown
	silence demoSilences
	marks   map[string]chat.MessageID // messages that later ones refer to
	counted bool                      // the story has begun: what is said counts
	visited bool                      // the visitor sits in the chat
	stop    bool                      // time is to stop: the bot has turned to the visitor
	tally   struct{ people, bot, botBefore, hidden int }
	shares  int // in later weeks
}

// demoDeed is something that somebody will do.
type demoDeed struct {
	at time.Time
	do func() error
}

// NewDemo sets the stage: the team, their rooms, five weeks of which nothing is shown, and the playbooks, which are
// turned on when those weeks are over. Close gives back what it holds.
func NewDemo(ctx context.Context, o DemoOptions) (*Demo, error) {
	if o.Weeks == 0 {
		o.Weeks = 2
	}
	if o.Language == "" {
		o.Language = "en"
	}
	d := &Demo{
		o: o, chance: rand.New(rand.NewPCG(o.Seed, 0x60f1257)),
		users: map[string]chat.UserID{}, rooms: map[string]chat.ChannelID{}, ids: map[store.PersonID]chat.UserID{},
		told: map[string]bool{}, marks: map[string]chat.MessageID{}, silence: newDemoSilences(),
		begin: time.Date(2026, time.September, 7, 0, 0, 0, 0, time.UTC),
	}
	if err := d.build(ctx); err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	return d, nil
}

// Close forgets the story.
func (d *Demo) Close() error { return d.store.Close() }

// Now is the time that the story has reached.
func (d *Demo) Now() time.Time { return d.driver.Now() }

// Tell tells the story, up to its closing lines.
func (d *Demo) Tell(ctx context.Context) error {
	d.hear()
	d.counted = true
	d.remark("head", "head", "{weeks}", d.weeks())
	d.plan()
	end := d.begin.AddDate(0, 0, 7*d.o.Weeks)
	if err := d.until(ctx, end); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	d.hear()
	d.counted = false
	if err := d.until(ctx, end.Add(9*time.Hour+30*time.Minute)); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	return d.closing(ctx)
}

// until lets everything happen up to a time: what people have planned, and in between what falls due for the bot.
func (d *Demo) until(ctx context.Context, end time.Time) error {
	for d.err == nil && !d.stop {
		next := end
		if len(d.agenda) > 0 && d.agenda[0].at.Before(end) {
			next = d.agenda[0].at
		}
		if due, ok := d.driver.Engine.NextDue(); ok && due.Before(next) {
			next = latest(due, d.Now())
			if err := d.driver.Until(ctx, next); err != nil {
				return err
			}
			d.listen(ctx)
			continue
		}
		if err := d.driver.Until(ctx, next); err != nil {
			return err
		}
		d.listen(ctx)
		if len(d.agenda) == 0 || d.agenda[0].at.After(next) {
			break
		}
		deed := d.agenda[0]
		d.agenda = d.agenda[1:]
		d.fail(deed.do())
		d.listen(ctx)
	}
	return d.err
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// listen hands the engine what happened in the chat, its own messages included.
func (d *Demo) listen(ctx context.Context) {
	for d.err == nil && d.taken < len(d.stage.Events()) {
		ev := d.stage.Events()[d.taken]
		d.taken++
		d.fail(d.driver.Take(ctx, ev))
	}
}

// hear counts what the bot has said since.
func (d *Demo) hear() []Said {
	all := d.stage.Said()
	fresh := all[d.heard:]
	d.heard = len(all)
	for _, s := range fresh {
		if d.counted && !s.Form {
			d.tally.bot++
		}
	}
	return fresh
}

func (d *Demo) fail(err error) {
	if d.err == nil {
		d.err = err
	}
}

// at plans a deed; deeds of the same time keep their order.
func (d *Demo) at(t time.Time, do func() error) {
	i := len(d.agenda)
	for i > 0 && d.agenda[i-1].at.After(t) {
		i--
	}
	d.agenda = append(d.agenda[:i], append([]demoDeed{{t, do}}, d.agenda[i:]...)...)
}

// soon plans a deed some minutes from now, give or take a third.
func (d *Demo) soon(minutes int, do func() error) {
	d.at(d.Now().Add(d.about(minutes)).Truncate(time.Minute), do)
}

func (d *Demo) about(minutes int) time.Duration {
	return time.Duration(minutes-minutes/3+d.chance.IntN(2*(minutes/3)+1)) * time.Minute
}
