package bot_test

import (
	"testing"
	"time"
	"unicode/utf8"

	"github.com/gofirst/gofirst/adapters/local"
	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/chat"
)

// homeOf opens somebody's page and gives what stands on it.
func (s *stage) homeOf(user chat.UserID, at chat.EventID) (string, []chat.Button) {
	s.Helper()
	ev := chat.HomeOpened{Header: chat.Header{ID: at, Actor: chat.Actor{User: user}, Time: s.now, Place: chat.Place{Direct: true}}}
	s.must(s.engine.Take(s.Context(), "local", ev, s.now))
	h := s.chat.Home(user)
	return local.Render(chat.Message{Body: h.Body}, s.chat), h.Buttons
}

func TestHome(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	s.enable("question-rescue", map[string]any{"rooms": []string{"#help"}})
	text, buttons := s.homeOf("ana", "h1")
	has(s, text, "yours alone", "Ada runs me", "No question of yours is open", "have not written to you unasked")
	s.say("ana", "", "How do I rotate the signing key?")
	s.pass(26 * time.Hour)
	text, _ = s.homeOf("ana", "h2")
	has(s, text, "One question of yours is open", "#platform", "language")
	if len(buttons) != 2 || buttons[0].Label != "Pause for two weeks" {
		t.Fatalf("the buttons are %v", buttons)
	}
	press := func(id chat.EventID, b chat.Button) {
		t.Helper()
		ev := chat.ButtonPressed{Header: chat.Header{ID: id, Actor: chat.Actor{User: "ana"}, Time: s.now}, Value: b.Value}
		s.must(s.engine.Take(s.Context(), "local", ev, s.now))
	}
	press("p1", buttons[0])
	h := s.chat.Home("ana")
	has(s, local.Render(chat.Message{Body: h.Body}, s.chat), "You paused me until")
	if len(h.Buttons) != 1 || h.Buttons[0].Label != "Write to me again" {
		t.Fatalf("after a pause the buttons are %v", h.Buttons)
	}
	press("p2", h.Buttons[0])
	text, _ = s.homeOf("ana", "h3")
	hasNot(s, text, "You paused me")
	forged := h.Buttons[0]
	forged.Value = "home.home_stop." + "aaaaaaaaaaaa"
	press("p3", forged)
	text, _ = s.homeOf("ana", "h4")
	hasNot(s, text, "nothing unasked")
	has(s, one(s, s.command("tom", "status")), "One request without a valid signature was refused")
	text, _ = s.homeOf("zoe", "h5")
	has(s, text, "visible que par toi", "Aucune de tes questions")
}

func TestMenuOnAPerson(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	ev := chat.ActionInvoked{
		Header: chat.Header{ID: "a1", Actor: chat.Actor{User: "ana"}, Time: s.now, Place: chat.Place{Space: "local", Channel: "help"}},
		Action: "thank", Author: chat.Actor{User: "ana"}, Reply: "nowhere",
	}
	s.must(s.engine.Take(s.Context(), "local", ev, s.now)) // oneself: an answer, no form, no error
}

func TestLearn(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	s.enable("question-rescue", map[string]any{"rooms": []string{"#help"}})
	s.enable("celebrate-first", map[string]any{"rooms": []string{"#help"}})
	learn := func(id chat.MessageID, user chat.UserID, thread chat.MessageID, ago time.Duration, text string) {
		t.Helper()
		m := chat.MessagePosted{Message: id, Text: text, Header: chat.Header{
			ID: chat.EventID(id), Actor: chat.Actor{User: user}, Time: s.now.Add(-ago), Place: chat.Place{Space: "local", Channel: "help", Thread: thread},
		}}
		s.must(s.engine.Learn(s.Context(), "local", m, s.now))
	}
	const day = 24 * time.Hour
	for range 2 { // the same again changes nothing
		learn("h1", "ana", "", 10*day, "How do I rotate the signing key?")
		learn("h2", "hal", "h1", 10*day-time.Hour, "Run rotate twice, and mind the second one.")
		learn("h3", "ida", "", 3*day, "Where do I find the licence of the fonts?")
		learn("h4", "tom", "", 40*day, "Who knows the password of the old printer?")
		learn("h5", "tom", "", 2*day, "@gofirst halt")
	}
	before := len(s.chat.Posts())
	s.pass(8 * day)
	if got := s.chat.Posts()[before:]; len(got) != 0 {
		t.Errorf("the past made the bot speak: %v", got)
	}
	text := one(s, s.command("zoe", "questions all"))
	has(s, text, "Une question")
	hasNot(s, text, "2 questions")
}

// TestMenusFitEverywhere: Slack takes 24 characters for an entry of a menu, the fewest of all.
func TestMenusFitEverywhere(t *testing.T) {
	t.Parallel()
	for _, language := range []string{"en", "fr"} {
		actions, err := bot.MenuActions(language)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range actions {
			if n := utf8.RuneCountInString(a.Label); n == 0 || n > 24 {
				t.Errorf("%s: %q has %d characters", language, a.Label, n)
			}
		}
	}
}
