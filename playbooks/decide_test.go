package playbooks

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/gofirst/gofirst/bot/chat"
)

func condition(t *testing.T, source string, settings ...Setting) *Condition {
	t.Helper()
	c, _, err := parseCondition(source, settings)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestDecide(t *testing.T) {
	t.Parallel()
	one := Candidate{ID: 7, Open: true, Free: true}
	busy, quiet := OnSchedule{Busy: true}, Facts{}
	least := Setting{Name: "least", Type: "number"}
	for name, tt := range map[string]struct {
		rule   Rule
		facts  Facts
		want   chat.Reason
		picked []int64
		fails  bool
	}{
		"a rule without more":         {Rule{When: OnJoined{}}, quiet, chat.RuleFired, nil, false},
		"a condition holds":           {Rule{If: condition(t, "not author.bot")}, quiet, chat.RuleFired, nil, false},
		"a condition does not":        {Rule{If: condition(t, "author.bot")}, quiet, chat.ConditionFalse, nil, false},
		"a setting, whole numbers":    {Rule{If: condition(t, "items >= settings.least", least)}, Facts{Items: 3}, chat.RuleFired, nil, false},
		"a setting not reached":       {Rule{If: condition(t, "items >= settings.least", least)}, Facts{Items: 2}, chat.ConditionFalse, nil, false},
		"a condition that fails":      {Rule{If: condition(t, "1 % items == 0")}, quiet, chat.ConditionFalse, nil, true},
		"a busy day":                  {Rule{When: busy}, Facts{Room: Room{Busy: true}}, chat.RuleFired, nil, false},
		"no busy day":                 {Rule{When: busy}, quiet, chat.NoActiveDay, nil, false},
		"no busy day, no condition":   {Rule{When: busy, If: condition(t, "1 % items == 0")}, quiet, chat.NoActiveDay, nil, false},
		"any day":                     {Rule{When: OnSchedule{}}, quiet, chat.RuleFired, nil, false},
		"nobody has the role":         {Rule{Pick: &Pick{UpTo: 1}}, quiet, chat.NobodyToPick, nil, false},
		"somebody has it":             {Rule{Pick: &Pick{UpTo: 1}}, Facts{People: []Candidate{one}}, chat.RuleFired, []int64{7}, false},
		"nobody is within hours":      {Rule{Pick: &Pick{UpTo: 1}}, Facts{People: []Candidate{{ID: 7, Free: true}}}, chat.NobodyToPick, nil, false},
		"nobody is free":              {Rule{Pick: &Pick{UpTo: 1}}, Facts{People: []Candidate{{ID: 7, Open: true}}}, chat.NobodyToPick, nil, false},
		"only the author":             {Rule{Pick: &Pick{UpTo: 1, Not: []string{"author"}}}, Facts{People: []Candidate{one}, Author: Person{ID: 7}}, chat.NobodyToPick, nil, false},
		"the author, if allowed":      {Rule{Pick: &Pick{UpTo: 1}}, Facts{People: []Candidate{one}, Author: Person{ID: 7}}, chat.RuleFired, []int64{7}, false},
		"only who was asked":          {Rule{Pick: &Pick{UpTo: 1, Not: []string{"asked"}}}, Facts{People: []Candidate{one}, Already: []int64{5, 7}}, chat.NobodyToPick, nil, false},
		"who was asked, even so":      {Rule{Pick: &Pick{UpTo: 1, Not: []string{"author"}}}, Facts{People: []Candidate{one}, Already: []int64{7}}, chat.NobodyToPick, nil, false},
		"nobody picked when it fails": {Rule{If: condition(t, "false"), Pick: &Pick{UpTo: 1}}, Facts{People: []Candidate{one}}, chat.ConditionFalse, nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			b := Bound{&Instance{Settings: Values{"least": 3.0}}, &tt.rule}
			for draw := range uint64(300) {
				d := Decide(b, tt.facts, draw)
				if d.Reason != tt.want || !slices.Equal(d.Picked, tt.picked) || (d.Err != nil) != tt.fails || d.Bound != b {
					t.Fatalf("draw %d: %+v", draw, d)
				}
				if d.Speaks() != (tt.want == chat.RuleFired) {
					t.Fatalf("draw %d: speaks %v", draw, d.Speaks())
				}
			}
		})
	}
}

// shares counts who is picked over many draws of a fixed seed, in per cent.
func shares(people []Candidate) map[int64]float64 {
	const draws = 20_000
	chance := rand.New(rand.NewPCG(1, 2))
	rule, out := &Rule{Pick: &Pick{UpTo: 1}}, map[int64]float64{}
	for range draws {
		d := Decide(Bound{&Instance{}, rule}, Facts{People: people}, chance.Uint64())
		out[d.Picked[0]] += 100.0 / draws
	}
	return out
}

func near(got, want float64) bool { return got > want-1.5 && got < want+1.5 }

// Who fits is asked, but for the share of picks that goes to anybody, the one who fits included.
func TestPickExplores(t *testing.T) {
	t.Parallel()
	got := shares([]Candidate{
		{ID: 1, Open: true, Free: true}, {ID: 2, Open: true, Free: true, Affinity: 3}, {ID: 3, Open: true, Free: true},
		{ID: 4, Open: false, Free: true, Affinity: 9}, {ID: 5, Open: true, Free: false, Affinity: 9},
	})
	if !near(got[1], exploration/3.0) || !near(got[3], exploration/3.0) || !near(got[2], 100-2*exploration/3.0) {
		t.Errorf("shares %v", got)
	}
	if got[4]+got[5] != 0 {
		t.Errorf("picked somebody who is away or not free: %v", got)
	}
}

// People who fit equally well are asked equally often.
func TestPickScatters(t *testing.T) {
	t.Parallel()
	var people []Candidate
	for id := int64(1); id <= 5; id++ {
		people = append(people, Candidate{ID: id, Open: true, Free: true, Affinity: 1})
	}
	for id, share := range shares(people) {
		if !near(share, 20) {
			t.Errorf("%d has a share of %.1f %%", id, share)
		}
	}
}

// Of people who fit equally well, the one asked least this week is asked; fitting much better outweighs one ask.
func TestPickSpares(t *testing.T) {
	t.Parallel()
	got := shares([]Candidate{
		{ID: 1, Open: true, Free: true, Asks: 1}, {ID: 2, Open: true, Free: true}, {ID: 3, Open: true, Free: true, Asks: 2},
	})
	if !near(got[2], 100-2*exploration/3.0) {
		t.Errorf("shares %v", got)
	}
	got = shares([]Candidate{{ID: 1, Open: true, Free: true, Asks: 1, Affinity: 3}, {ID: 2, Open: true, Free: true}})
	if !near(got[1], 100-exploration/2.0) {
		t.Errorf("shares %v", got)
	}
}

// A rule may ask a few: different people, the best first, and no more than there are.
func TestPickUpTo(t *testing.T) {
	t.Parallel()
	people := []Candidate{
		{ID: 1, Open: true, Free: true}, {ID: 2, Open: true, Free: true, Affinity: 3}, {ID: 3, Open: true, Free: true, Affinity: 2}, {ID: 4, Open: true},
	}
	for draw := range uint64(1000) {
		if draw%100 < exploration {
			continue
		}
		two := Decide(Bound{&Instance{}, &Rule{Pick: &Pick{UpTo: 2}}}, Facts{People: people}, draw).Picked
		three := Decide(Bound{&Instance{}, &Rule{Pick: &Pick{UpTo: 3}}}, Facts{People: people[:2]}, draw).Picked
		if !slices.Equal(two, []int64{2, 3}) || !slices.Equal(three, []int64{2, 1}) {
			t.Fatalf("draw %d: %v and %v", draw, two, three)
		}
	}
}

// The same draw gives the same person, in whatever order the people come.
func TestPickIsRepeatable(t *testing.T) {
	t.Parallel()
	people := []Candidate{{ID: 1, Open: true, Free: true}, {ID: 2, Open: true, Free: true}, {ID: 3, Open: true, Free: true}}
	turned := []Candidate{people[2], people[0], people[1]}
	b := Bound{&Instance{}, &Rule{Pick: &Pick{UpTo: 1}}}
	for draw := range uint64(1000) {
		if draw%100 < exploration {
			continue
		}
		if x, y := Decide(b, Facts{People: people}, draw), Decide(b, Facts{People: turned}, draw); !slices.Equal(x.Picked, y.Picked) {
			t.Fatalf("draw %d: %v, turned %v", draw, x.Picked, y.Picked)
		}
	}
}

// A condition may read the facts and little else: no functions, no long programs, no large values.
func TestConditionIsBounded(t *testing.T) {
	t.Parallel()
	for _, source := range []string{
		"len(act.kind) > 1", "all(1..9, # > 0)", "now().Year() > 1", "author.id == 1", "people == nil", "1", "items",
	} {
		if _, _, err := parseCondition(source, nil); err == nil {
			t.Errorf("%s is taken", source)
		}
	}
	long := "items > 0"
	for range 60 {
		long += " and items > 0"
	}
	if _, _, err := parseCondition(long, nil); err == nil {
		t.Error("a long condition is taken")
	}
	c, _, err := parseCondition("(items..1000000) == nil", nil)
	if err == nil {
		if _, err = c.holds(&Facts{}); err == nil {
			t.Error("a large value is made")
		}
	}
}
