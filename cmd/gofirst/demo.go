package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/replay"
)

// demoCmd tells a story with the real bot, and seats the visitor in it.
type demoCmd struct {
	Weeks    int     `default:"2" help:"How many weeks to live through."`
	Seed     uint64  `default:"1" help:"Another story of the same kind: other names, other times."`
	Pace     float64 `default:"45" help:"Seconds that the whole takes."`
	Plain    bool    `help:"Without pace and colours, as into a pipe."`
	Language string  `default:"en" enum:"en,fr" help:"en or fr."`
}

// showing is how the lines of the demo are shown.
type showing struct {
	width    int
	plain    bool
	language string
}

// notingConsole is a console that can be told remarks.
type notingConsole interface {
	console
	Note(text string)
}

// Run tells the story, then lets the visitor take part until their input ends.
func (c *demoCmd) Run(ctx context.Context, std *stdio) error {
	if c.Weeks < 1 || c.Weeks > 26 {
		return wrong(errors.New("demo: --weeks goes from 1 to 26"))
	}
	o := showing{width: 100, plain: c.Plain || !isTerminal(std.out), language: c.Language}
	if !o.plain {
		o.width = terminalWidth(std.out, o.width)
	}
	err := c.play(ctx, seat{in: std.in, out: std.out}, o, pause)
	if errors.Is(err, context.Canceled) {
		return nil // the visitor has gone
	}
	return err
}

// pause waits, unless the visitor goes.
func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

func (c *demoCmd) play(ctx context.Context, from seat, o showing, wait func(context.Context, time.Duration) error) (err error) {
	books, err := builtinBooks()
	if err != nil {
		return err
	}
	var room stage
	var lines []replay.DemoLine
	show := func(l replay.DemoLine) { lines = append(lines, l) }
	story, err := replay.NewDemo(ctx, replay.DemoOptions{
		Stage: func(now func() time.Time) replay.Stage {
			s := newStage(now)
			room = s.(stage)
			return s
		},
		Playbooks: playbooksOf(books), Seed: c.Seed, Weeks: c.Weeks, Language: c.Language,
		Show: func(l replay.DemoLine) { show(l) },
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, story.Close()) }()
	if err := story.Tell(ctx); err != nil {
		return err
	}
	if err := c.print(ctx, room, from.out, lines, o, wait); err != nil {
		return err
	}
	me, where := story.Visitor()
	k := room.visitor(me, where, from, o, story.Skip)
	show = func(l replay.DemoLine) { k.Note(l.Text) }
	return k.Run(ctx, func(chat.Event) error { return story.Take(ctx) })
}

// print shows the lines, each for as long as it takes to read among the others.
func (c *demoCmd) print(ctx context.Context, room stage, out io.Writer, lines []replay.DemoLine, o showing, wait func(context.Context, time.Duration) error) error {
	total := 0
	for _, l := range lines {
		total += weight(l)
	}
	for _, l := range lines {
		if _, err := fmt.Fprintln(out, c.look(room, l, o)); err != nil {
			return err
		}
		if o.plain || total == 0 {
			continue
		}
		if err := wait(ctx, time.Duration(c.Pace*float64(time.Second)*float64(weight(l))/float64(total))); err != nil {
			return err
		}
	}
	return nil
}

// weight is how much there is to read in a line, in characters: the eye needs a while for each.
func weight(l replay.DemoLine) int { return 40 + utf8.RuneCountInString(l.Text) }

// look gives a line as it stands on the screen: what the bot says in blue, its silences in grey.
func (c *demoCmd) look(room stage, l replay.DemoLine, o showing) string {
	switch {
	case l.From == "" && !l.Quiet:
		return narrated(l.Text, o.width)
	case l.Bot && !o.plain:
		return "\x1b[36m" + room.line(l, o) + "\x1b[0m"
	}
	return room.line(l, o)
}

// narrated breaks a remark at spaces; what goes on is indented.
func narrated(text string, width int) string {
	if utf8.RuneCountInString(text) <= width {
		return text
	}
	var lines []string
	now := ""
	for _, word := range strings.Split(text, " ") {
		if now != "" && utf8.RuneCountInString(now)+1+utf8.RuneCountInString(word) > width {
			lines, now = append(lines, now), "  "+word
			continue
		}
		if now != "" {
			word = " " + word
		}
		now += word
	}
	return strings.Join(append(lines, now), "\n")
}
