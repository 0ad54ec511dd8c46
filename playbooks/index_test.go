package playbooks

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// instance makes a playbook of one rule for each trigger, named after its number, which is on in some rooms.
func instance(id string, rooms []string, triggers ...Trigger) *Instance {
	p := &Playbook{ID: id}
	for i, t := range triggers {
		p.Rules = append(p.Rules, &Rule{Name: fmt.Sprintf("%s%d", id, i), When: t})
	}
	return &Instance{Playbook: p, Settings: Values{"rooms": rooms}}
}

func namesOf(found []Bound) (out []string) {
	for _, b := range found {
		out = append(out, b.Rule.Name)
	}
	return out
}

func TestMatch(t *testing.T) {
	a := instance("a", []string{"C1", "C2", "C1"},
		OnUnanswered{In: "rooms"}, OnQuestionAnswered{In: "rooms"}, OnAct{Kinds: []string{"share", "adopt", "share"}, In: "rooms"},
		OnFirst{Of: []string{"question"}, In: "rooms"}, OnJoined{In: "rooms"}, OnSchedule{In: "rooms"})
	b := instance("b", []string{"C2"},
		OnUnanswered{In: "rooms"}, OnAct{Kinds: []string{"thanks"}}, OnCommand{Name: "ama"}, OnAction{Name: "mark"},
		OnAct{Kinds: []string{"share"}}, OnAnswered{Name: "ask", With: []string{"yes"}, Silence: true})
	none := instance("c", nil, OnUnanswered{In: "rooms"}, OnJoined{In: "rooms"})
	x := NewIndex([]*Instance{a, b, none})
	for _, tt := range []struct {
		occasion Occasion
		want     []string
	}{
		{Occasion{Unanswered, "", "C1"}, []string{"a0"}},
		{Occasion{Unanswered, "", "C2"}, []string{"a0", "b0"}},
		{Occasion{Unanswered, "", "C3"}, nil},
		{Occasion{Unanswered, "", ""}, nil}, // a rule with rooms never matches outside of them
		{Occasion{QuestionAnswered, "", "C1"}, []string{"a1"}},
		{Occasion{Acted, "share", "C1"}, []string{"a2", "b4"}},
		{Occasion{Acted, "adopt", "C2"}, []string{"a2"}},
		{Occasion{Acted, "share", "C3"}, []string{"b4"}},
		{Occasion{Acted, "thanks", ""}, []string{"b1"}},
		{Occasion{Acted, "ask", "C1"}, nil},
		{Occasion{First, "question", "C2"}, []string{"a3"}},
		{Occasion{First, "answer", "C2"}, nil},
		{Occasion{Joined, "", "C2"}, []string{"a4"}},
		{Occasion{Commanded, "ama", "C9"}, []string{"b2"}},
		{Occasion{ActionTaken, "mark", ""}, []string{"b3"}},
		{Occasion{Scheduled, "a/a5", "C1"}, nil}, // see Schedules
	} {
		if diff := cmp.Diff(tt.want, namesOf(x.Match(nil, tt.occasion))); diff != "" {
			t.Errorf("%+v: %s", tt.occasion, diff)
		}
	}
	if got := namesOf(x.Schedules()); !slices.Equal(got, []string{"a5"}) {
		t.Errorf("schedules: %v", got)
	}
	keep := x.Match(make([]Bound, 0, 8), Occasion{Joined, "", "C1"})
	if got := namesOf(x.Match(keep, Occasion{Unanswered, "", "C2"})); !slices.Equal(got, []string{"a4", "a0", "b0"}) {
		t.Errorf("appended: %v", got)
	}
}

func TestAnswersTo(t *testing.T) {
	in := instance("a", nil,
		OnAnswered{Name: "ask", With: []string{"yes", "found"}},
		OnAnswered{Name: "ask", With: []string{"yes"}, Silence: true},
		OnAnswered{Name: "other", With: []string{"yes"}, Silence: true},
		OnJoined{})
	for _, tt := range []struct {
		name, choice string
		want         []string
	}{
		{"ask", "yes", []string{"a0", "a1"}},
		{"ask", "found", []string{"a0"}},
		{"ask", "", []string{"a1"}},
		{"ask", "leave", nil},
		{"other", "", []string{"a2"}},
		{"nothing", "", nil},
	} {
		if diff := cmp.Diff(tt.want, namesOf(in.AnswersTo(tt.name, tt.choice))); diff != "" {
			t.Errorf("%s %q: %s", tt.name, tt.choice, diff)
		}
	}
}

// crowd spreads rules over rooms, two rules a room and one for everywhere, as many as are wanted.
func crowd(rules int) (*Index, []Occasion) {
	var instances []*Instance
	var asked []Occasion
	for i := range rules / 2 {
		room := fmt.Sprintf("C%03d", i)
		instances = append(instances, instance(room, []string{room}, OnUnanswered{In: "rooms"}, OnAct{Kinds: []string{"share"}, In: "rooms"}))
		asked = append(asked, Occasion{Unanswered, "", room}, Occasion{Acted, "share", room}, Occasion{Acted, "thanks", room})
	}
	return NewIndex(instances), asked
}

func benchmarkMatch(b *testing.B, rules int) {
	x, asked := crowd(rules)
	to := make([]Bound, 0, rules)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		to = x.Match(to[:0], asked[i%len(asked)])
	}
}

func BenchmarkMatch10(b *testing.B)  { benchmarkMatch(b, 10) }
func BenchmarkMatch100(b *testing.B) { benchmarkMatch(b, 100) }

func TestMatchDoesNotAllocate(t *testing.T) {
	x, asked := crowd(100)
	to := make([]Bound, 0, 4)
	if n := testing.AllocsPerRun(100, func() { to = x.Match(to[:0], asked[0]) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
