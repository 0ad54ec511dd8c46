package bot_test

import (
	"strings"
	"testing"
	"time"

	"github.com/gofirst/gofirst/adapters/local"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

func TestShareStandsAndIsTakenBack(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	got := s.wants(s.gives("tom", "share wip: I drew @ana's plan twice because I trust neither"),
		"tom: under your name: \n> ★ @tom is in the middle of this: I drew @ana's plan twice\n> Why: I trust neither",
		"room: ★ @tom is in the middle of this: I drew @ana's plan twice")
	if len(got[1].Pings) > 0 {
		t.Errorf("given words pinged %v", got[1].Pings)
	}
	s.wants(s.press("tom", got[0], "Take it back"), "gone: ", "tom: Taken back")
	if a := s.acts()[0]; a.Undone.IsZero() || a.Words != "" {
		t.Errorf("%+v is still there", a)
	}
	s.wants(s.press("tom", got[0], "Take it back"), "tom: taken back before")
	s.wants(s.command("tom", "undo"), "tom: nothing of yours")
	s.wants(s.command("tom", "share "+strings.Repeat("x", 1201)), "tom: longer than a card holds (1200")
}

func TestShareByForm(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	form := s.wants(s.command("zoe", "partage leçon"), "form: Partager")[0]
	if kind := form.Form.Fields[0]; kind.Value != "lesson" {
		t.Errorf("the form begins with %q", kind.Value)
	}
	s.wants(s.submit("zoe", form, map[string]string{"words": "   "}), "zoe: pas de mots")
	form = s.wants(s.command("zoe", "partage"), "form: Partager")[0]
	s.wants(s.submit("zoe", form, map[string]string{"kind": "mistake", "words": "Tout effacé.", "why": "pour rire"}),
		"zoe: Dans #platform, sous ton nom", "room: ★ @zoe got this wrong: Tout effacé.\nWhy: pour rire")
}

func TestForgedForms(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	form := s.wants(s.command("tom", "share"), "form: Share")[0]
	submitted := func(id string, user chat.UserID, state string) []local.Post {
		return s.after(func() error {
			return s.engine.Take(t.Context(), "local", chat.FormSubmitted{
				Header: chat.Header{
					ID: chat.EventID(id), Actor: chat.Actor{User: user}, Time: s.now,
					Place: chat.Place{Space: "local", Channel: "platform"},
				},
				State: state, Values: map[string]string{"words": "forged"}, Reply: form.Reply,
			}, s.now)
		})
	}
	s.wants(submitted("1", "ana", form.Form.State), "tom: no longer good")
	s.wants(submitted("2", "tom", form.Form.State+"1"), "tom: no longer good")
	s.wants(submitted("3", "tom", "share"), "tom: no longer good")
	s.wants(submitted("4", "tom", ""), "tom: no longer good")
	s.wants(submitted("5", "tom", form.Form.State), "tom: under your name", "room: ★ @tom, in their own words: forged")
	if n := len(s.acts()); n != 1 {
		t.Errorf("%d acts were recorded", n)
	}
}

func TestRoomFromAConversation(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.chat.AddChannel("secret", "hal")
	s.wants(s.told("tom", "share the plan"), "tom: Given in the room itself")
	s.say("tom", "", "Good morning")
	s.wants(s.posted("tom", s.told("tom", "share the plan")), "tom: In #platform", "room: ★ @tom")
	s.wants(s.told("tom", "share in #secret: the plan"), "tom: In which room? #platform.")
	s.wants(s.posted("tom", s.told("tom", "share the plan, in #platform.")), "tom: In #platform", "room: ★ @tom, in their own words: the plan")
	if _, err := s.chat.Say("tom", s.chat.AddChannel("help", "tom"), "", "Hello", 0); err != nil {
		t.Fatal(err)
	}
	s.settle()
	form := s.wants(s.told("tom", "share"), "form: Share")[0]
	rooms := form.Form.Fields[0].Choices
	if len(rooms) != 2 {
		t.Fatalf("the form offers %v", rooms)
	}
	s.wants(s.submit("tom", form, map[string]string{"room": rooms[1].Value, "words": "the plan"}),
		"tom: In "+rooms[1].Label, "room: ★ @tom")
}

func TestAskBeginsToWait(t *testing.T) {
	t.Parallel()
	s := newStage(t, builtin(t, "question-rescue"))
	s.turn(func(tx *store.Tx) error {
		hal, _, err := tx.Person("local", "hal")
		if err != nil {
			return err
		}
		return tx.SetRole(store.Role{Conn: "local", Space: "local", Person: hal.ID, Role: "helper", State: store.Accepted, Since: s.now})
	})
	s.say("hal", "", "Good morning")
	s.wants(s.command("ana", "ask How do I rotate the key?"),
		"ana: ? @ana asks: How do I rotate the key?", "room: ? @ana asks: How do I rotate the key?")
	card := s.chat.Posts()[len(s.chat.Posts())-1].Message
	asked := s.wants(s.pass(4*time.Hour), "hal: @ana’s question in #platform seems still open after 4 hours")[0]
	s.wants(s.press("hal", asked, "I take it"), "hal: It is yours")
	s.wants(s.command("ana", "solved"), "ana: Closed as solved")
	s.wants(s.command("ana", "solved"), "ana: no question here")
	s.wants(s.command("hal", "reopen #platform/"+string(card)), "hal: for its asker")
	s.wants(s.command("ana", "rouvre"), "ana: Open again")
	s.wants(s.command("ida", "take"), "ida: It is yours")
	s.wants(s.command("tom", "take"), "tom: no question here")
	s.wants(s.command("tom", "take #platform/"+string(card)), "tom: Somebody is on it")
	s.wants(s.command("ida", "reopen"), "ida: Open again")
	s.wants(s.command("ana", "take #platform/"+string(card)), "ana: your own question")
}

func TestQuestionsInThreads(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	q := s.say("ana", "", "How do I rotate the signing key?")
	s.say("ana", "", "Where do I find the runbook for the release?")
	in := func(user chat.UserID, text string) []local.Post {
		return s.after(func() error { _, err := s.chat.Say(user, "platform", q, "@gofirst "+text, 0); return err })
	}
	s.wants(s.command("hal", "take"), "hal: Which one?")
	s.wants(in("hal", "take"), "hal: It is yours")
	s.wants(in("hal", "solved"), "hal: its asker says")
	s.wants(in("ana", "solved"), "ana: Closed as solved")
	s.wants(in("hal", "take"), "hal: settled already")
	s.wants(s.command("ana", "ask What now?"), "ana: Nobody looks after open questions", "room: ? @ana")
}

func TestThanksWaitForTheirReceiver(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	told := s.wants(s.command("ana", "thanks @hal and the release crew for saving my afternoon"),
		"ana: pass it on to @hal and the release crew in private. Whether it stands in #platform",
		"hal: @ana thanks you: “saving my afternoon”\nWho may see thanks to you?")[1]
	if len(told.Buttons) != 3 {
		t.Errorf("%d buttons were offered", len(told.Buttons))
	}
	s.wants(s.press("hal", told, "Everyone"), "hal: everybody may see", "room: ♥ @ana thanks @hal and the release crew: saving my afternoon")
	s.pass(24 * time.Hour)
	got := s.wants(s.command("tom", "merci à @hal pour le mode opératoire"), "tom: In #platform",
		"room: ♥ @tom thanks @hal: le mode opératoire", "hal: @tom thanks you: “le mode opératoire”")
	if len(got[2].Buttons) > 0 {
		t.Error("what was chosen was asked again")
	}
	s.wants(s.command("tom", "thanks @hal --private for listening"), "tom: nobody else sees it")
	s.wants(s.command("tom", "thanks @ida for what @ida did"), "tom: nobody else sees it", "ida: @tom thanks you")
	s.wants(s.told("tom", "thanks @ana for the bread"), "tom: nobody else sees it", "ana: the bread")
}

func TestThanksAreRefusedKindly(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.wants(s.command("ana", "thanks @ana for my work"), "ana: not passed on")
	s.wants(s.command("ana", "thanks @robot for the builds"), "ana: a bot has no use")
	s.wants(s.command("ana", "thanks @gofirst for all"), "ana: a bot has no use")
	s.wants(s.command("ana", "thanks @hal"), "ana: For what?")
	s.wants(s.command("ana", "thanks @hall for the runbook"), "ana: nobody called @hall")
	s.wants(s.command("ana", "thanks"), "ana: Whom, and for what?")
	s.wants(s.command("ana", "thanks the release crew for testing --private"), "ana: shown to nobody")
	s.wants(s.command("ana", "thanks the release crew for testing"), "ana: In #platform", "room: ♥ @ana thanks the release crew: testing")
	s.wants(s.command("ana", "thanks @ana and @hal for the plan"), "ana: pass it on to @hal in private", "hal: the plan")
}

func TestAdoptLinksWhatWasMade(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	m := s.say("tom", "", "Here is my sketch.")
	link := "#platform/" + string(m)
	s.wants(s.command("ana", "adopt"), "ana: /gofirst adopt <link>")
	s.wants(s.command("ana", "adopt #platform/404 mine"), "ana: do not know that message")
	s.wants(s.command("tom", "adopt "+link+" mine"), "tom: your own")
	s.wants(s.gives("ana", "adopt my way, with the handbook "+link), "ana: In #platform",
		"room: ↳ @ana, from @tom’s (⟨the message⟩): my way, with the handbook")
	form := s.wants(s.command("ida", "adopt "+link), "form: Your way")[0]
	if n := len(s.acts()); n != 2 {
		t.Errorf("%d acts stand there before the form was sent", n)
	}
	s.wants(s.submit("ida", form, map[string]string{"words": "on paper"}), "ida: In #platform", "room: ↳ @ida, from @tom’s")
	acts := s.acts()
	if acts[0].Declared || acts[0].Kind != "example" || acts[1].Source != acts[0].ID || acts[2].Source != acts[0].ID {
		t.Errorf("the acts are %+v", acts)
	}
}

func TestOnlyAnAuthorMakesAnExample(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	m := s.say("tom", "", "Here is my sketch.")
	other := s.say("tom", "", "And here is another one.")
	ask := s.wants(s.command("ana", "example #platform/"+string(m)+" lesson"), "ana: Its author decides",
		"tom: @ana finds this message of yours in #platform worth following: ⟨the message⟩")[1]
	s.wants(s.command("ida", "example #platform/"+string(m)), "ida: Its author decides")
	if len(s.acts()) > 0 {
		t.Error("an act was recorded before its author said yes")
	}
	s.wants(s.press("tom", ask, "No"), "tom: nobody learns of it")
	if len(s.acts()) > 0 {
		t.Error("a no was recorded")
	}
	s.wants(s.press("tom", ask, "Yes"), "tom: stands as an example now")
	s.wants(s.command("ida", "example #platform/"+string(m)), "ida: an example already")
	s.wants(s.command("tom", "exemple #platform/"+string(other)), "tom: an example now")
	if a := s.acts(); len(a) != 2 || a[0].Practice != "lesson" || !a[0].Declared || !a[1].Declared {
		t.Errorf("the acts are %+v", a)
	}
	s.wants(s.command("tom", "undo #platform/"+string(m)), "tom: an example no longer")
	s.wants(s.command("ida", "ask-why #platform/"+string(other)), "ida: nobody is asked")
}

func builtin(t *testing.T, id string) *playbooks.Playbook {
	t.Helper()
	books, err := playbooks.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range books {
		if b.ID == id {
			return b
		}
	}
	t.Fatalf("there is no playbook %q", id)
	return nil
}

func TestActions(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	act := func(user chat.UserID, name string, m chat.MessageID) []local.Post {
		return s.after(func() error { _, err := s.chat.Act(user, name, "platform", m); return err })
	}
	m := s.say("ana", "", "The rota of next week")
	s.wants(act("hal", "take", m), "hal: do not know that message as a question")
	s.wants(act("hal", "open", m), "hal: its author says")
	s.wants(act("ana", "open", m), "ana: Marked as an open question. Nobody looks after")
	s.wants(act("ana", "open", m), "ana: It is open")
	s.wants(act("hal", "take", m), "hal: It is yours")
	s.wants(act("ana", "thank", m), "ana: not passed on")
	s.wants(act("hal", "example", m), "hal: Its author decides", "ana: worth following")
	s.wants(act("hal", "why", m), "hal: nobody is asked")
	s.pass(24 * time.Hour)
	form := s.wants(act("hal", "thank", m), "form: Thanks")[0]
	s.wants(s.submit("hal", form, map[string]string{"words": "asking it", "audience": "private"}),
		"hal: nobody else sees it", "ana: @hal thanks you: “asking it”")
}

const inviting = `playbook: inviting
about: {en: invites, fr: invite}
hypothesis: {en: "none", fr: "aucune"}
harm: {en: "none", fr: "aucun"}
measure: {practice: share, window: 3 working days}
stop: {harm: 20, after: 26 weeks}
settings:
  rooms: {type: channels, about: {en: rooms, fr: canaux}}
rules:
  - name: invite
    when: {act: {kind: thanks, in: rooms}}
    do:
      - tell: {whom: author, as: invitation, open_for: 2 working days, expires: 1 day, buttons: [write, later], text: {en: "Write one?", fr: "Un mot ?"}}
    at_most: {per_person: 1 a week}
  - name: under it
    when: {act: {kind: [share, adopt], in: rooms}}
    if: act.declared
    do:
      - post: {under: act, buttons: [adopt], text: {en: "Your way?", fr: "À ta façon ?"}}
    at_most: {per_room: 5 a day}
`

func TestWriteAndAdoptButtons(t *testing.T) {
	t.Parallel()
	book, err := playbooks.Load("inviting.yaml", []byte(inviting))
	if err != nil {
		t.Fatal(err)
	}
	s := newStage(t, book)
	s.say("tom", "", "Good morning")
	s.turn(func(tx *store.Tx) error { // no leader has gone first here, so that only a leader is asked to
		tom, _, err := tx.Person("local", "tom")
		if err != nil {
			return err
		}
		return tx.SetRole(store.Role{Conn: "local", Space: "local", Person: tom.ID, Role: "leader", State: store.Accepted, Since: s.now})
	})
	invited := s.wants(s.command("tom", "thanks the crew for it --private"), "tom: shown to nobody", "tom: Write one?")[1]
	here := s.wants(s.press("tom", invited, "Write"), "tom: before Wednesday 09:00: post it in #platform")[0]
	form := s.wants(s.press("tom", here, "Write it here"), "form: Share")[0]
	got := s.wants(s.submit("tom", form, map[string]string{"words": "my sketch"}),
		"tom: In #platform", "room: my sketch", "room: Your way?")
	form = s.wants(s.press("ana", got[2], "I did it my way"), "form: Your way")[0]
	s.wants(s.press("tom", got[2], "I did it my way"), "tom: your own")
	s.wants(s.submit("ana", form, map[string]string{"words": "on paper"}),
		"ana: In #platform", "room: ↳ @ana, from @tom’s (⟨the message⟩): on paper", "room: Your way?")
	s.wants(s.press("tom", invited, "Not this week"), "tom: until Monday")
}
