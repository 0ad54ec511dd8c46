package replay_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/replay"
)

// told is a story as it was told.
type told struct {
	lines []replay.DemoLine
	stage replay.Stage
	demo  *replay.Demo
}

func tell(t *testing.T, o replay.DemoOptions) *told {
	t.Helper()
	out := &told{}
	o.Playbooks = options(t).Playbooks
	o.Stage = func(now func() time.Time) replay.Stage {
		out.stage = newStage(now)
		return out.stage
	}
	o.Show = func(l replay.DemoLine) { out.lines = append(out.lines, l) }
	var err error
	if out.demo, err = replay.NewDemo(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := out.demo.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := out.demo.Tell(t.Context()); err != nil {
		t.Fatal(err)
	}
	return out
}

// arc are the beats of the story, in order.
var arc = []string{
	"head", "quiet.asleep", "coffee", "invitation", "share", "under", "arrow", "monday", "quiet.chat",
	"key", "asked", "helper", "rotate", "thanks", "quiet.thanks", "quiet.away", "consent", "press",
	"adopt", "page3", "hiring", "fonts", "digest", "drawer", "gap",
	"quiet.rest", "staging", "both", "quiet.faster", "merged", "quiet.empty", "gap", "count", "chain", "you", "try",
}

// TestDemoKeepsItsArc tells many stories in both languages. The people have other names and other minutes, and the
// engine other keys; the story stays the same.
func TestDemoKeepsItsArc(t *testing.T) {
	for language, seeds := range map[string]uint64{"en": 20, "fr": 3} {
		for seed := uint64(1); seed <= seeds; seed++ {
			t.Run(fmt.Sprintf("%s %d", language, seed), func(t *testing.T) {
				t.Parallel()
				s := tell(t, replay.DemoOptions{Seed: seed, Language: language})
				var beats []string
				bots, people, quiet := 0, 0, 0
				for _, l := range s.lines {
					beats = append(beats, l.Beat)
					switch {
					case l.Quiet:
						quiet++
					case l.Bot:
						bots++
					case l.From != "":
						people++
					}
				}
				if !slices.Equal(beats, arc) {
					t.Errorf("the beats are\n%v, want\n%v", beats, arc)
				}
				if bots >= people || quiet < 2 {
					t.Errorf("%d lines by the bot, %d by people, %d silences", bots, people, quiet)
				}
				s.whole(t)
			})
		}
	}
}

// whole wants all that is shown to have been said: people's words in full, of the bot's whole sentences.
func (s *told) whole(t *testing.T) {
	t.Helper()
	var said, written []string
	for _, one := range s.stage.Said() {
		said = append(said, " "+oneLine(one.Text)+" ")
	}
	for _, ev := range s.stage.Events() {
		switch ev := ev.(type) {
		case chat.MessagePosted:
			written = append(written, ev.Text)
		case chat.CommandInvoked:
			written = append(written, "/gofirst "+ev.Text)
		}
	}
	for _, l := range s.lines {
		if strings.ContainsAny(l.Text, "{}") {
			t.Errorf("%s has an open hole: %s", l.Beat, l.Text)
		}
		switch {
		case l.Bot:
			for part := range strings.SplitSeq(oneLine(l.Text), "…") {
				part = strings.TrimSpace(part)
				if part != "" && !slices.ContainsFunc(said, func(text string) bool { return strings.Contains(text, " "+part+" ") }) {
					t.Errorf("the bot never said this: %s", part)
				}
			}
		case l.From != "" && l.Text != "" && !strings.Contains(l.Text, "⟨"):
			if !slices.Contains(written, l.Text) {
				t.Errorf("nobody wrote this: %s", l.Text)
			}
		}
	}
}

// oneLine makes line breaks comparable.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// TestDemoTellsTheSameTwice: not a byte of chance but the seed's.
func TestDemoTellsTheSameTwice(t *testing.T) {
	t.Parallel()
	o := replay.DemoOptions{Seed: 7, Weeks: 3}
	one, two := fmt.Sprintf("%#v", tell(t, o).lines), fmt.Sprintf("%#v", tell(t, o).lines)
	if one != two {
		t.Errorf("two tellings differ:\n%s\n%s", one, two)
	}
}

// TestDemoGoesOn: in later weeks somebody shows something, and somebody follows.
func TestDemoGoesOn(t *testing.T) {
	t.Parallel()
	for _, weeks := range []int{1, 4} {
		shares, follows := 0, 0
		for _, l := range tell(t, replay.DemoOptions{Seed: 1, Weeks: weeks}).lines {
			switch l.Beat {
			case "later.share":
				shares++
			case "later.adopt":
				follows++
			}
		}
		if weeks < 3 && shares > 0 || weeks >= 3 && (shares == 0 || follows == 0) {
			t.Errorf("%d weeks: %d shares, %d followed", weeks, shares, follows)
		}
	}
}

// TestDemoStopsForTheVisitor: time that is skipped stands still where the bot has a question for the visitor, and a
// helper answers in the end.
func TestDemoStopsForTheVisitor(t *testing.T) {
	t.Parallel()
	s := tell(t, replay.DemoOptions{Seed: 3})
	me, room := s.demo.Visitor()
	ev, err := s.stage.Say(me, room, "", "How do I reset the printer?", 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.demo.Take(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.demo.Skip(t.Context(), 24*time.Hour); err != nil {
		t.Fatal(err)
	}
	said := s.stage.Said()
	if last := said[len(said)-1]; last.To != me || len(last.Buttons) != 3 {
		t.Fatalf("the bot did not turn to the visitor, but said: %+v", last)
	}
	if got := s.demo.Now().Format("Mon 15:04"); got != "Mon 13:30" {
		t.Errorf("time stands at %s", got)
	}
	if err := s.demo.Skip(t.Context(), 24*time.Hour); err != nil {
		t.Fatal(err)
	}
	answered := slices.ContainsFunc(s.stage.Events(), func(e chat.Event) bool {
		m, ok := e.(chat.MessagePosted)
		return ok && m.Place.Thread == ev.Message && !m.Actor.Self
	})
	if !answered {
		t.Error("nobody answered the visitor")
	}
}
