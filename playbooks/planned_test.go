package playbooks

import (
	"testing"
	"time"

	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/google/go-cmp/cmp"
)

// TestPlanned: each part of a schedule is what its setting says in the room, else everywhere, else by default.
func TestPlanned(t *testing.T) {
	all, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	var p *Playbook
	for _, one := range all {
		if one.ID == "restitution" {
			p = one
		}
	}
	fridays := calendar.Schedule{Every: calendar.Weekly, On: time.Friday, Nth: 1, At: 15 * 60}
	tuesdays := calendar.Schedule{Every: calendar.Fortnightly, On: time.Tuesday, Nth: 1, At: 10*60 + 30}
	for _, c := range []struct {
		given   map[string]any
		channel string
		want    calendar.Schedule
	}{
		{nil, "help", fridays},
		{map[string]any{"day@help": "tuesday", "at@help": "10h30", "rhythm@help": "fortnight"}, "help", tuesdays},
		{map[string]any{"day@help": "tuesday", "at@help": "10h30", "rhythm@help": "fortnight"}, "other", fridays},
		{map[string]any{"day": "tuesday", "at": "10:30", "rhythm": "fortnight"}, "other", tuesdays},
		{map[string]any{"day": "tuesday", "day@help": "friday"}, "help", fridays},
	} {
		values, err := p.Fill(c.given)
		if err != nil {
			t.Fatal(err)
		}
		got := Bound{&Instance{Playbook: p, Settings: values}, p.Rules[0]}.Planned(c.channel)
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%v in %s: %s", c.given, c.channel, diff)
		}
	}
	when := p.Rules[0].When.(OnSchedule)
	for name, want := range map[string]bool{"day": true, "day@help": true, "rhythm": true, "at@x": true, "rooms": false, "least": false, "": false} {
		if when.Uses(name) != want {
			t.Errorf("the schedule uses %q: %v", name, !want)
		}
	}
	for _, word := range []string{"day", "week", "fortnight", "month"} {
		if Rhythm(rhythms[word]) != word {
			t.Errorf("%q is called %q", word, Rhythm(rhythms[word]))
		}
	}
}
