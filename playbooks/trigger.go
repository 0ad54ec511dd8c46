package playbooks

import (
	"time"

	"github.com/gofirst/gofirst/bot/calendar"
)

// Trigger is what a rule waits for. The set is closed: the types of this file are all there are.
type Trigger interface{ trigger() }

type (
	// OnSchedule comes at planned times, once a room, or once a room and person of a role.
	OnSchedule struct {
		Schedule calendar.Schedule // as the settings of From are by default; see Bound.Planned
		From     Planned
		Busy     bool   // weekly, on a day on which the room is expected to be busy
		In       string // setting
		For      string // setting; empty: once a room
	}
	// OnUnanswered comes when a question has hung for as long as the room's patience says.
	OnUnanswered struct{ In, Patience string }
	// OnQuestionAnswered comes with the first human answer to a question.
	OnQuestionAnswered struct{ In string }
	// OnThanked comes when whoever asked a question thanks for its answer; its author is who helped last.
	OnThanked struct{ In string }
	// OnHeard comes when somebody, a program too, posts a message at the top level that has these words in it.
	OnHeard struct{ In, Saying string }
	// OnAct comes when somebody shared, thanked, adopted, …, or that long afterwards.
	OnAct struct {
		Kinds []string
		In    string
		After calendar.Wait
	}
	// OnFirst comes with somebody's first act of a kind here.
	OnFirst struct {
		Of []string
		In string
	}
	// OnJoined comes when a person enters a room.
	OnJoined struct{ In string }
	// OnAnswered comes when what a rule asked is answered with one of the choices, or not at all.
	OnAnswered struct {
		Name    string
		With    []string
		Silence bool
	}
	// OnCommand comes with a command of that name.
	OnCommand struct{ Name string }
	// OnAction comes with an action taken on a message.
	OnAction struct{ Name string }
)

func (OnSchedule) trigger()         {}
func (OnUnanswered) trigger()       {}
func (OnQuestionAnswered) trigger() {}
func (OnThanked) trigger()          {}
func (OnHeard) trigger()            {}
func (OnAct) trigger()              {}
func (OnFirst) trigger()            {}
func (OnJoined) trigger()           {}
func (OnAnswered) trigger()         {}
func (OnCommand) trigger()          {}
func (OnAction) trigger()           {}

// asked reports whether a person asked for what follows, so that speaking needs no limit.
func asked(t Trigger) bool {
	switch t := t.(type) {
	case OnCommand, OnAction:
		return true
	case OnAnswered:
		return !t.Silence
	}
	return false
}

// Rooms names the setting that limits a trigger to rooms; empty where it has none.
func Rooms(t Trigger) string {
	switch t := t.(type) {
	case OnSchedule:
		return t.In
	case OnUnanswered:
		return t.In
	case OnQuestionAnswered:
		return t.In
	case OnThanked:
		return t.In
	case OnHeard:
		return t.In
	case OnAct:
		return t.In
	case OnFirst:
		return t.In
	case OnJoined:
		return t.In
	}
	return ""
}

// Weekday names, as playbooks write them.
var weekdays = map[string]time.Weekday{
	"monday": time.Monday, "tuesday": time.Tuesday, "wednesday": time.Wednesday, "thursday": time.Thursday,
	"friday": time.Friday, "saturday": time.Saturday, "sunday": time.Sunday,
}
