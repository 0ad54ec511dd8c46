package playbooks

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func settable() *Playbook {
	return &Playbook{ID: "base", Settings: []Setting{
		{Name: "rooms", Type: "channels"},
		{Name: "leaders", Type: "role", Default: "leader"},
		{Name: "patience", Type: "choice", Of: []string{"eager", "normal"}, Default: "normal", PerChannel: true},
		{Name: "least", Type: "number", Default: 3.0},
		{Name: "at", Type: "time"},
		{Name: "rest", Type: "wait"},
		{Name: "note", Type: "text"},
	}}
}

func TestFill(t *testing.T) {
	defaults := Values{"leaders": "leader", "patience": "normal", "least": 3.0}
	with := func(more Values) Values {
		out := Values{}
		for _, v := range []Values{defaults, more} {
			for name, value := range v {
				out[name] = value
			}
		}
		return out
	}
	for name, tt := range map[string]struct {
		given map[string]any
		want  Values
		err   string
	}{
		"nothing":           {nil, defaults, ""},
		"a list":            {map[string]any{"rooms": []any{"a", "b"}}, with(Values{"rooms": []string{"a", "b"}}), ""},
		"a list of strings": {map[string]any{"rooms": []string{"a"}}, with(Values{"rooms": []string{"a"}}), ""},
		"one room":          {map[string]any{"rooms": "a"}, with(Values{"rooms": []string{"a"}}), ""},
		"a whole number":    {map[string]any{"least": 5}, with(Values{"least": 5.0}), ""},
		"a long number":     {map[string]any{"least": int64(5)}, with(Values{"least": 5.0}), ""},
		"a number of YAML":  {map[string]any{"least": uint64(5)}, with(Values{"least": 5.0}), ""},
		"a broken number":   {map[string]any{"least": 2.5}, with(Values{"least": 2.5}), ""},
		"a written number":  {map[string]any{"least": "2.5"}, with(Values{"least": 2.5}), ""},
		"a room apart":      {map[string]any{"patience@C1": "eager"}, with(Values{"patience@C1": "eager"}), ""},
		"time and wait":     {map[string]any{"at": "9h30", "rest": "2w"}, with(Values{"at": "9h30", "rest": "2w"}), ""},
		"a text":            {map[string]any{"note": "anything"}, with(Values{"note": "anything"}), ""},

		"unknown": {map[string]any{"room": "a"}, nil,
			`base has no setting "room"; it has rooms, leaders, patience, least, at, rest, note`},
		"not per room":         {map[string]any{"least@C1": 1}, nil, `base: the setting "least" is the same in every room`},
		"no choice":            {map[string]any{"patience": "slow"}, nil, `base: the setting "patience": is one of eager, normal, not "slow"`},
		"no role":              {map[string]any{"leaders": "boss"}, nil, `base: the setting "leaders": is one of steward, leader, helper, host, ambassador, observer, not "boss"`},
		"no number":            {map[string]any{"least": "5 items"}, nil, `base: the setting "least": wants a number, not 5 items`},
		"not a number":         {map[string]any{"least": "NaN"}, nil, `base: the setting "least": wants a number, not NaN`},
		"a truth":              {map[string]any{"least": true}, nil, `base: the setting "least": wants a number, not true`},
		"a number for text":    {map[string]any{"note": 5}, nil, `base: the setting "note": wants a text, not 5`},
		"a number for rooms":   {map[string]any{"rooms": 5}, nil, `base: the setting "rooms": wants a list of names, not 5`},
		"a number for a room":  {map[string]any{"rooms": []any{5}}, nil, `base: the setting "rooms": wants a list of names, not 5`},
		"a room without name":  {map[string]any{"rooms": []string{"a", ""}}, nil, `base: the setting "rooms": wants names of rooms, not an empty one`},
		"no time":              {map[string]any{"at": "25:00"}, nil, `base: the setting "at": time of day: column 1 ("25:00"): want a time from 00:00 to 23:59`},
		"the first of several": {map[string]any{"z": 1, "a": 1}, nil, `base has no setting "a"; it has rooms, leaders, patience, least, at, rest, note`},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := settable().Fill(tt.given)
			said := ""
			if err != nil {
				said = err.Error()
			}
			if diff := cmp.Diff(tt.want, got); diff != "" || said != tt.err {
				t.Errorf("%v\n%s", err, diff)
			}
		})
	}
}

func TestValues(t *testing.T) {
	v := Values{"patience": "normal", "patience@C1": "eager", "rooms": []string{"C1", "C2"}}
	for channel, want := range map[string]any{"C1": "eager", "C2": "normal", "": "normal"} {
		if got := v.In(channel, "patience"); got != want {
			t.Errorf("in %q: got %v, want %v", channel, got, want)
		}
	}
	if got := v.Channels("rooms"); len(got) != 2 {
		t.Errorf("rooms: %v", got)
	}
	if v.Channels("patience") != nil || v.Channels("nothing") != nil || v.In("C1", "nothing") != nil {
		t.Error("a value from nowhere")
	}
}
