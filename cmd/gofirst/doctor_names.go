package main

import (
	"slices"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

// lookAtNames says of the people and the rooms in the configuration whether any connection knows them.
func (d *doctor) lookAtNames() {
	if len(d.config.stewards) == 0 {
		d.add("", chat.Finding{
			What: "stewards", State: chat.Limited, Why: "nobody may turn playbooks on in the chat",
			Do: "name somebody under stewards: in " + d.config.file,
		})
	}
	d.lookFor("stewards", d.config.stewards, d.knowsPerson, asPerson)
	for _, role := range keys(d.config.groups) {
		d.lookFor("group "+role, d.config.groups[role], d.knowsPerson, asPerson)
	}
	for _, on := range d.config.on {
		d.lookFor("rooms of "+on.id, roomNames(d.config.book(on.id), on.settings), d.knowsRoom, asRoom)
	}
}

const (
	asPerson = "write their handle, address or identifier as the service shows it"
	asRoom   = "write its name as the service shows it, and invite the bot into it"
)

// lookFor adds one finding about names that stand together.
func (d *doctor) lookFor(what string, names []string, knows func(name string) bool, how string) {
	if len(names) == 0 {
		return
	}
	f := chat.Finding{What: what, Why: strings.Join(names, ", ")}
	missing := slices.DeleteFunc(slices.Clone(names), knows)
	silent := d.silent()
	switch {
	case len(missing) == 0:
	case len(silent) > 0:
		f.State, f.Why = chat.Limited, strings.Join(missing, ", ")+" not found; not asked: "+strings.Join(silent, ", ")
		f.Do = "mend the connection first"
	default:
		f.State, f.Why, f.Do = chat.Ill, "no connection knows "+strings.Join(missing, ", "), how
	}
	d.add("", f)
}

// silent are the connections that could not be asked for names.
func (d *doctor) silent() (out []string) {
	for _, c := range d.config.connections {
		asked := slices.ContainsFunc(d.open, func(p *patient) bool { return p.name == c.name && p.knows != nil })
		if c.remote && !asked {
			out = append(out, c.name)
		}
	}
	return out
}

func (d *doctor) knowsPerson(name string) bool {
	return slices.Contains(d.config.people, strings.TrimPrefix(name, "@")) ||
		slices.ContainsFunc(d.open, func(p *patient) bool { return p.knows != nil && p.knows.people[name] })
}

func (d *doctor) knowsRoom(name string) bool {
	return slices.Contains(d.config.rooms, strings.TrimPrefix(name, "#")) ||
		slices.ContainsFunc(d.open, func(p *patient) bool { return p.knows != nil && p.knows.rooms[name] })
}
