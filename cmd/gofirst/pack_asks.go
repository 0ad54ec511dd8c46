package main

import "fmt"

// service is what can be told of a kind of chat before it is connected.
type service struct {
	title      string
	asks       []ask
	everywhere bool // the bot hears every room that it may see, uninvited
}

// ask is one thing that a service is asked for, with the adapter's own reason.
type ask struct {
	kind    string // "intent", where it is no plain permission
	name    string
	plain   bool   // the name is in words
	why     string // in English
	without string // what is missing without it, in English
	byHand  bool   // somebody has to switch it on
}

// shown is its name as a service's settings have it; byHand says that it is switched on by hand.
func (a ask) shown(byHand string) string {
	name := "`" + a.name + "`"
	if a.plain {
		name = a.name
	}
	if a.kind != "" {
		name = a.kind + " " + name
	}
	if a.byHand {
		name += ", " + byHand
	}
	return name
}

// reason says what it is for, and what comes of refusing it.
func (a ask) reason(without string) string {
	if a.without == "" {
		return a.why
	}
	return fmt.Sprintf("%s; %s, %s", a.why, without, a.without)
}
