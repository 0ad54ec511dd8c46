package discord

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// surveyed asks for each guild until it was told once a run.
func (r *runner) surveyed(guild string) (survey, error) {
	r.mu.Lock()
	ask := r.surveys[guild]
	if ask == nil {
		ask = sync.OnceValues(func() (survey, error) { return r.a.survey(r.ctx, "recover", guild, r.a.patiently) })
		r.surveys[guild] = ask
	}
	r.mu.Unlock()
	s, err := ask()
	if err != nil {
		r.mu.Lock()
		delete(r.surveys, guild)
		r.mu.Unlock()
	}
	return s, err
}

// stubborn repeats what reads for as long as only time can help, and then goes on with a gap. It ends the run where the token
// does not hold; what is refused otherwise is one room's affair.
func (r *runner) stubborn(read func() error) {
	wait, began := r.a.timing.again, time.Now()
	for {
		err := read()
		switch {
		case err == nil, r.ctx.Err() != nil:
			return
		case r.a.barred(r.a.cfg.Token()):
			r.fail(err)
			return
		case r.a.passed(err), time.Since(began) > r.a.timing.patience:
			r.a.count(chat.Gaps)
			r.a.cfg.Log.Warn("what was missed in a place cannot be read", "error", err)
			return
		}
		if !pause(r.ctx, wait) {
			return
		}
		wait = min(2*wait, slowest)
	}
}

// catchUp lets every channel of a guild read what was missed in it.
func (r *runner) catchUp(guild string) {
	var s survey
	r.stubborn(func() (err error) {
		s, err = r.surveyed(guild)
		return err
	})
	for _, c := range s.channels {
		if roomOf(c).spoken() || roomOf(c).forum() {
			r.lane(c.ID, false).kick()
		}
	}
}

// passed says that something went away, or is no longer the bot's to see, which is no reason to stop. That the token is
// no longer good is one.
func (a *Adapter) passed(err error) bool {
	var e *chat.Error
	return errors.As(err, &e) && (e.Kind == chat.Refused || e.Kind == chat.Gone) && !a.barred(a.cfg.Token())
}

// catchUp hands on what was posted in a lane's place after a message, and goes on where it was interrupted. People do
// not wait for it.
func (l *lane) catchUp(after uint64, again bool) {
	l.r.stubborn(func() error {
		for u, ok := l.urgent(); ok; u, ok = l.urgent() {
			l.hand(u)
		}
		l.mu.Lock()
		after = max(after, l.gone)
		l.mu.Unlock()
		return l.recover(after, again)
	})
}

// recover hands on what was posted in a lane's place after a message. again says that the place has changed since it
// was surveyed.
func (l *lane) recover(after uint64, again bool) error {
	from, err := l.sources(after, again)
	if err != nil || len(from) == 0 {
		return err
	}
	return l.r.a.merged(l.r.ctx, from, after, func(c room, m wireMessage) error {
		for u, ok := l.urgent(); ok; u, ok = l.urgent() {
			l.hand(u)
		}
		if l.direct {
			l.r.mu.Lock()
			l.r.talks[snowflake(m.ID)] = true
			l.r.mu.Unlock()
		}
		l.r.recovered.put(snowflake(m.ID), true)
		l.hand(item{message: snowflake(m.ID), make: func(ctx context.Context) chat.Event { return l.r.a.posted(ctx, m, c) }})
		return l.r.ctx.Err()
	})
}

// sources are where the lane's messages stand: in a conversation, or in a channel and its threads. What went away
// meanwhile has none.
func (l *lane) sources(after uint64, again bool) ([]string, error) {
	if l.direct {
		return []string{l.channel}, nil
	}
	c, _ := l.r.a.rooms.get(l.channel)
	if c.guild == "" {
		return nil, nil
	}
	s, err := l.r.surveyed(c.guild)
	if again {
		s, err = l.r.a.survey(l.r.ctx, "recover", c.guild, l.r.a.patiently)
	}
	if err != nil {
		return nil, err
	}
	archived, err := l.archived(s, after)
	return append(s.sources(l.channel, after), archived...), err
}

// archiving is the shortest time after which the service closes a thread in which nobody speaks.
const archiving = time.Hour

// archived are the threads of the lane's channel that something was said in, and that were closed since: only where that
// may be, for it takes a request. The service gives a hundred, those first that were closed last.
func (l *lane) archived(s survey, after uint64) (all []string, err error) {
	if s.may[l.channel]&readable != readable || l.r.a.cfg.Now().Sub(told(flake(after))) < archiving {
		return nil, nil
	}
	var page struct {
		Threads []wireChannel `json:"threads"`
	}
	err = l.r.a.patiently(l.r.ctx, request{op: "recover", method: "GET", path: "/channels/" + l.channel + "/threads/archived/public?limit=100"}, &page)
	if l.r.a.passed(err) {
		return nil, nil // a channel that can have no threads
	}
	for _, c := range page.Threads {
		if c.after(after) {
			c.Guild = s.guild
			l.r.a.learnRoom(c)
			all = append(all, c.ID)
		}
	}
	return all, err
}

// History tells what was posted since a time in the channels and open threads that the bot can read, and in the
// conversations that it knows.
func (a *Adapter) History(ctx context.Context, from time.Time, sink chat.Sink) error {
	guilds, err := a.ownGuilds(ctx, "history", a.patiently)
	if err != nil {
		return err
	}
	tell := func(c room, m wireMessage) error { return sink(ctx, a.posted(ctx, m, c)) }
	after := since(from)
	if after > 0 {
		after-- // the first identifier of the millisecond counts too
	}
	for _, g := range guilds {
		s, err := a.survey(ctx, "history", g.ID, a.patiently)
		if err != nil {
			return err
		}
		for _, c := range s.channels {
			if err := a.merged(ctx, s.sources(c.ID, after), after, tell); err != nil {
				return err
			}
		}
	}
	for _, c := range a.rooms.values() {
		if c.direct() {
			if err := a.merged(ctx, []string{c.id}, after, tell); err != nil {
				return err
			}
		}
	}
	return nil
}
