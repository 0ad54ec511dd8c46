package main

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// examineWithin is how long one service may take to answer all questions.
const examineWithin = 45 * time.Second

// examineAll asks all services at the same time, and adds what is found in the order of the configuration.
func (d *doctor) examineAll(ctx context.Context) {
	ctx, stop := context.WithTimeout(ctx, examineWithin)
	defer stop()
	var all sync.WaitGroup
	for _, p := range d.open {
		all.Go(func() {
			p.examine(ctx)
			p.askNames(ctx, d.config)
		})
	}
	all.Wait()
	for _, p := range d.open {
		d.add(p.name, p.found...)
	}
}

func (p *patient) examine(ctx context.Context) {
	examiner, ok := p.adapter.(chat.Examiner)
	if !ok {
		return
	}
	p.found = examiner.Examine(ctx)
	if ctx.Err() != nil {
		p.found = append(p.found, chat.Finding{
			What: "time", State: chat.Ill, Why: "it did not answer everything in time",
			Do: "look whether the service is up and this machine reaches it, and try again",
		})
	}
}

// ill reports whether something about the connection does not work.
func (p *patient) ill() bool {
	return slices.ContainsFunc(p.found, func(f chat.Finding) bool { return f.State == chat.Ill })
}

// known says which names of the configuration a service knows.
type known struct{ people, rooms map[string]bool }

// askNames looks for everybody and every room that the configuration names.
func (p *patient) askNames(ctx context.Context, c *config) {
	directory, ok := p.adapter.(chat.Directory)
	if !ok {
		return
	}
	plan, err := c.planFor(ctx, p.name, directory)
	if err != nil {
		return
	}
	k := &known{people: map[string]bool{}, rooms: map[string]bool{}}
	for _, room := range plan.found {
		k.rooms[room] = true
	}
	for _, name := range c.everybody() {
		connection, plain := c.meant(name)
		if connection != "" && connection != p.name {
			continue
		}
		if k.people[name], err = isKnown(ctx, directory, plan.spaces, plain); err != nil {
			return
		}
	}
	p.knows = k
}

// isKnown looks in each space for what a name may mean: the members of a room, a person, or a group that the service
// keeps. An error says that it could not be asked.
func isKnown(ctx context.Context, d chat.Directory, spaces []chat.SpaceID, name string) (bool, error) {
	ways := []func(chat.SpaceID) error{
		func(space chat.SpaceID) error { _, err := d.Find(ctx, space, name); return err },
		func(space chat.SpaceID) error { _, err := d.Group(ctx, space, name); return err },
	}
	if strings.HasPrefix(name, "#") {
		ways = []func(chat.SpaceID) error{func(space chat.SpaceID) error { _, err := d.FindChannel(ctx, space, name); return err }}
	}
	for _, look := range ways {
		for _, space := range spaces {
			if err := look(space); err == nil || !isNot(err) {
				return err == nil, err
			}
		}
	}
	return false, nil
}

// everybody lists whom the configuration names, each once.
func (c *config) everybody() []string {
	out := slices.Clone(c.stewards)
	for _, role := range keys(c.groups) {
		out = append(out, c.groups[role]...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
