package bot_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gofirst/gofirst/adapters/local"
	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// walled is the office's chat with a door that can be shut: nothing is posted in rooms then, and a private room that
// only some can read.
type walled struct {
	*local.Adapter
	shut    *chat.Error // what posting in a room gives; nil: it is posted
	private chat.ChannelID
	inside  []chat.UserID // who can read the private room
	nobody  bool          // the service finds nobody by name
}

func (w *walled) Send(ctx context.Context, d chat.Delivery) (chat.Receipt, error) {
	if w.shut != nil && d.Message.To.Channel != "" && d.Message.To.Person == "" {
		return chat.Receipt{}, w.shut
	}
	return w.Adapter.Send(ctx, d)
}

func (w *walled) Channel(ctx context.Context, id chat.ChannelID) (chat.ChannelInfo, error) {
	info, err := w.Adapter.Channel(ctx, id)
	info.Private = info.Private || id == w.private
	return info, err
}

func (w *walled) Members(ctx context.Context, id chat.ChannelID) ([]chat.UserID, error) {
	if id == w.private {
		return w.inside, nil
	}
	return w.Adapter.Members(ctx, id)
}

func (w *walled) Find(ctx context.Context, space chat.SpaceID, name string) (chat.UserID, error) {
	if w.nobody {
		return "", errors.New("nobody of this name")
	}
	return w.Adapter.Find(ctx, space, name)
}

// digestOffice is the office with a digest in #platform, behind walls.
func digestOffice(t *testing.T) (*stage, *walled) {
	t.Helper()
	s := newOffice(t)
	w := &walled{Adapter: s.chat.Connect()}
	s.engine.Connect("local", w)
	s.enable("restitution", map[string]any{"rooms": []string{"platform"}})
	s.settle()
	return s, w
}

// week lets a week's worth of questions come, and the time go on to its Friday at three.
func (s *stage) week() []local.Post {
	s.Helper()
	for _, what := range []string{"signing key", "release notes", "staging alarms"} {
		s.say("ana", "", "How do I rotate the "+what+" of "+s.now.Format("2 January")+"?")
	}
	days := (int(time.Friday) - int(s.now.Weekday()) + 7) % 7
	friday := time.Date(s.now.Year(), s.now.Month(), s.now.Day()+days, 15, 0, 0, 0, time.UTC)
	said := s.pass(friday.Sub(s.now))
	s.now = friday.AddDate(0, 0, 3).Add(-5 * time.Hour) // Monday at ten
	return append(said, s.pass(0)...)
}

// TestBrokenDigestIsTold: whatever keeps a digest from its room, a steward reads one line, and another one only after
// it has worked again. Status says it for as long as it lasts.
func TestBrokenDigestIsTold(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		shut  chat.Error
		words []string
	}{
		"refused": {chat.Error{Op: "send", Kind: chat.Refused}, []string{"the service would not take it", "gofirst doctor"}},
		"gone":    {chat.Error{Op: "send", Kind: chat.Gone}, []string{"no longer there", "Inviting the bot back"}},
		"doubt":   {chat.Error{Op: "send", Kind: chat.Unsure}, []string{"it may have been sent already", "A look into the room"}},
		"expired": {chat.Error{Op: "send", Kind: chat.Later, Wait: 50 * time.Hour}, []string{"its moment had passed", "digest now"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, w := digestOffice(t)
			w.shut = &c.shut
			told := s.wants(s.week(), "tom: Bot here: something does not work. The digest of #platform did not come on")
			has(s, told[0].Text, append(c.words, "/gofirst status")...)
			s.wants(s.week())
			has(s, one(s, s.command("tom", "status")), "Does not work: the digest of #platform, since", c.words[0])
			w.shut = nil
			s.wants(s.week(), "room: This week in #platform")
			hasNot(s, one(s, s.command("tom", "status")), "Does not work")
			w.shut = &c.shut
			s.wants(s.week(), "tom: Bot here: something does not work.")
		})
	}
}

// TestAlarmSpeaksFrench: each steward reads it in their own language.
func TestAlarmSpeaksFrench(t *testing.T) {
	t.Parallel()
	s, w := digestOffice(t)
	s.told("tom", "me prefs language fr")
	w.shut = &chat.Error{Op: "send", Kind: chat.Refused}
	has(s, s.wants(s.week(), "tom: Ici le bot")[0].Text, "Le bilan de #platform n'est pas venu", "gofirst doctor", "/gofirst état")
	has(s, one(s, s.command("tom", "status")), "Ne marche pas : le bilan de #platform")
}

// TestAlarmNamesNoHiddenRoom: a steward who cannot read a room learns that something is broken, not where.
func TestAlarmNamesNoHiddenRoom(t *testing.T) {
	t.Parallel()
	s, w := digestOffice(t)
	w.private, w.inside, w.shut = "platform", []chat.UserID{"ana", "hal"}, &chat.Error{Op: "send", Kind: chat.Refused}
	text := s.wants(s.week(), "tom: Bot here: something does not work. The digest of a private room did not come")[0].Text
	hasNot(s, text, "platform")
	status := one(s, s.told("tom", "status"))
	has(s, status, "the digest of a private room")
	hasNot(s, status, "#platform")
}

// TestAlarmWaitsForAStewardWhoIsKnown: where nobody can be told, the next failure tells whoever is known by then.
func TestAlarmWaitsForAStewardWhoIsKnown(t *testing.T) {
	t.Parallel()
	s, w := digestOffice(t)
	w.shut, w.nobody = &chat.Error{Op: "send", Kind: chat.Refused}, true
	s.wants(s.week())
	w.nobody = false
	told := s.wants(s.week(), "tom: Bot here: something does not work.")
	has(s, told[0].Text, "on Friday 11 September") // since the first time
	s.wants(s.week())
}

// TestAlarmIsNoNudge: it costs nothing of what a steward may be told otherwise, and keeps to their hours.
func TestAlarmIsNoNudge(t *testing.T) {
	t.Parallel()
	s, w := digestOffice(t)
	w.shut = &chat.Error{Op: "send", Kind: chat.Refused}
	s.told("tom", "me prefs hours Mon-Fri 16:00-18:00")
	for _, what := range []string{"signing key", "release notes", "staging alarms"} {
		s.say("ana", "", "How do I rotate the "+what+"?")
	}
	friday := time.Date(2026, 9, 11, 15, 0, 0, 0, time.UTC)
	s.wants(s.pass(friday.Sub(s.now)))
	s.wants(s.pass(friday.Add(time.Hour+time.Minute).Sub(s.now)), "tom: Bot here: something does not work.")
	s.turn(func(tx *store.Tx) error {
		tom, _, err := tx.FindPerson("local", "tom")
		s.must(err)
		spent, err := tx.SpentSince(tom.ID, time.Time{})
		if len(spent) != 0 {
			t.Errorf("it counted %d nudges", len(spent))
		}
		return err
	})
}

// TestUnwrittenKeepsNobodyWaiting: what cannot be read back is dropped and told, and what stands behind it goes out.
func TestUnwrittenKeepsNobodyWaiting(t *testing.T) {
	t.Parallel()
	s, _ := digestOffice(t)
	s.command("tom", "help") // so that the steward is known
	s.turn(func(tx *store.Tx) error {
		place, _, err := tx.FindPlace("local", "platform")
		s.must(err)
		_, err = tx.AddDelivery(store.Delivery{
			Key: "torn", Conn: "local", Space: "local", Playbook: "restitution", Rule: "weekly digest", Step: "0", Text: "digest",
			Place: place.ID, Subject: "s", Refs: "{torn", Due: s.now, NotAfter: s.now.Add(time.Hour), Created: s.now,
		})
		return err
	})
	said := s.command("ana", "thanks @hal for the runbook")
	if !slices.ContainsFunc(said, func(p local.Post) bool { return p.To == "hal" }) {
		t.Errorf("hal was told nothing: %v", said)
	}
	at := slices.IndexFunc(said, func(p local.Post) bool { return p.To == "tom" })
	if at < 0 {
		t.Fatalf("the steward was told nothing: %v", said)
	}
	has(s, said[at].Text, "The digest of #platform did not come", "I could not write it", "The log says")
}

// TestBrokenPlaybookIsTold: one that is on and cannot be read is the stewards' to know.
func TestBrokenPlaybookIsTold(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	on := func(settings string) {
		s.turn(func(tx *store.Tx) error {
			return tx.SetInstance(store.Instance{Conn: "local", Space: "local", Playbook: "restitution", Enabled: true, Settings: settings, Since: s.now})
		})
	}
	start := func() {
		books, err := playbooks.Builtin()
		s.must(err)
		s.engine, err = bot.New(t.Context(), bot.Options{
			Store: s.store, Turns: s.store, Playbooks: books, NoNotice: true, Stewards: []bot.Steward{{Name: "tom"}},
		})
		s.must(err)
		s.engine.Connect("local", s.chat.Connect())
	}
	on(`{"rooms": ["platform"], "least": "many"}`)
	start()
	said := s.after(func() error { return s.engine.Due(s.Context(), s.now) })
	has(s, s.wants(said, "tom: Bot here: something does not work.")[0].Text, "restitution is on", "gofirst check")
	start()
	s.wants(s.after(func() error { return s.engine.Due(s.Context(), s.now) }))
	has(s, one(s, s.command("tom", "status")), "Does not work: restitution is on")
	on(`{"rooms": ["platform"]}`)
	start()
	if text := one(s, s.command("tom", "status")); strings.Contains(text, "Does not work") {
		t.Errorf("mended, and still\n%s", text)
	}
}
