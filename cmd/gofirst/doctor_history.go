package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"sync/atomic"
	"time"

	"github.com/mattn/go-isatty"

	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// historyDays is how far back the history is read.
const historyDays = 14

// learned is what the history of one connection has brought, in numbers.
type learned struct {
	Connection string `json:"connection"`
	Rooms      int    `json:"rooms"`
	Messages   int    `json:"messages"`
	Questions  int    `json:"questions"`
	Open       int    `json:"open"`
}

// readHistory lets the bot learn what the rooms have seen of late, where that is wanted and can be had.
func (c *doctorCmd) readHistory(ctx context.Context, d *doctor) ([]learned, error) {
	var able []*patient
	for _, p := range d.open {
		if _, ok := p.adapter.(chat.Historian); ok && !p.ill() {
			able = append(able, p)
		}
	}
	if len(able) == 0 || !c.wantsHistory(ctx, d) {
		return nil, nil
	}
	unlock, err := lock(d.config.database)
	if err != nil {
		return nil, err
	}
	defer func() { _ = unlock() }()
	st, err := store.Open(ctx, d.config.database, d.key)
	if err != nil {
		return nil, err
	}
	out, err := d.learn(ctx, st, able)
	return out, errors.Join(err, st.Close())
}

// wantsHistory asks, where somebody is there to answer and there is no database yet: once something is known, it is
// only read when that is asked for.
func (c *doctorCmd) wantsHistory(ctx context.Context, d *doctor) bool {
	if c.ReadHistory != "ask" {
		return c.ReadHistory == "yes"
	}
	_, err := os.Stat(d.config.database)
	if !errors.Is(err, fs.ErrNotExist) || c.JSON || !isatty.IsTerminal(d.std.in.Fd()) || !isTerminal(d.std.out) {
		return false
	}
	fmt.Fprintf(d.std.out, "\nRead the last %d days of the rooms that the bot is in, so that open questions are known at once? "+
		"What people wrote is not kept, only where and when. [y/N] ", historyDays)
	return isYes(newPrompter(d.std).line(ctx))
}

// learn reads one connection after the other.
func (d *doctor) learn(ctx context.Context, st *store.Store, from []*patient) (out []learned, err error) {
	log := slog.New(slog.DiscardHandler)
	engine, err := bot.New(ctx, d.config.engine(st, log, nil))
	if err != nil {
		return nil, err
	}
	since := d.std.clock().AddDate(0, 0, -historyDays)
	for _, p := range from {
		engine.Connect(p.name, p.adapter)
		if err := d.learnFrom(ctx, engine, p, since); err != nil {
			return out, fmt.Errorf("read the history of %s: %w", p.name, err)
		}
		l, err := countLearned(ctx, st, p.name, since, d.std.clock())
		if err != nil {
			return out, err
		}
		out = append(out, l)
	}
	return out, nil
}

func (d *doctor) learnFrom(ctx context.Context, engine *bot.Engine, p *patient, since time.Time) error {
	bar := newProgress(d.std.err)
	defer bar.end()
	var told atomic.Int64
	return p.adapter.(chat.Historian).History(ctx, since, func(ctx context.Context, ev chat.Event) error {
		bar.count(told.Add(1))
		return engine.Learn(ctx, p.name, ev, d.std.clock())
	})
}

// countLearned counts what is remembered of a connection since a time.
func countLearned(ctx context.Context, st *store.Store, connection string, since, now time.Time) (l learned, err error) {
	l.Connection = connection
	return l, st.View(ctx, func(tx *store.Tx) error {
		places, err := tx.Places(connection, "")
		if err != nil {
			return err
		}
		for _, place := range places {
			if err := l.addPlace(tx, place, since, now); err != nil {
				return err
			}
		}
		return nil
	})
}

func (l *learned) addPlace(tx *store.Tx, place store.Place, since, now time.Time) error {
	messages, err := tx.MessagesIn(place.ID, since, now)
	if err != nil || len(messages) == 0 {
		return err
	}
	l.Rooms++
	l.Messages += len(messages)
	for _, m := range messages {
		q, ok, err := tx.Question(place.ID, m.Message)
		if err != nil {
			return err
		}
		if ok {
			l.Questions++
		}
		if ok && q.State == store.OpenState && q.Answered.IsZero() {
			l.Open++
		}
	}
	return nil
}
