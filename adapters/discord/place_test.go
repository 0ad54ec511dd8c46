package discord_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/gofirst/gofirst/adapters/discord"
	"github.com/gofirst/gofirst/adapters/discord/discordtest"
	"github.com/gofirst/gofirst/bot/chat"
)

// A thread belongs to the channel that it began in, and what is sent to its root goes into it.
func TestThreads(t *testing.T) {
	t.Parallel()
	w := office(t, discordtest.Options{}, nil)
	l := listen(t, w.a, nil, nil)
	w.ready(t)
	root := w.Server.Say(w.room, w.ana, "a question")
	l.message(chat.MessageID(root))
	thread := w.StartThread(w.room, root, "a question")
	inside := w.Server.Say(thread, w.zoe, "an answer")
	m := first(l, func(m chat.MessagePosted) bool { return m.Text == "an answer" })
	if m.Place != (chat.Place{Space: chat.SpaceID(w.guild), Channel: chat.ChannelID(w.room), Thread: chat.MessageID(root)}) {
		t.Errorf("what is said in a thread comes from %+v", m.Place)
	}
	for _, under := range []chat.MessageID{chat.MessageID(root), m.Message} {
		sent, err := w.a.Send(t.Context(), chat.Delivery{Message: chat.Message{To: chat.To{Channel: m.Place.Channel, Thread: under}, Body: []chat.Node{chat.Text("noted " + string(under))}}})
		if err != nil {
			t.Fatal(err)
		}
		echo := l.message(sent.Message)
		if echo.Place != m.Place || sent.Channel != m.Place.Channel {
			t.Errorf("an answer in a thread stands in %+v, and its receipt says %s", echo.Place, sent.Channel)
		}
		if err := w.a.React(t.Context(), sent.Channel, sent.Message, "eyes", true); err != nil {
			t.Errorf("a reaction inside a thread: %v", err)
		}
	}
	if text, _, err := w.a.Fetch(t.Context(), m.Place.Channel, m.Message); err != nil || text != "an answer" {
		t.Errorf("Fetch inside a thread gives %q, %v", text, err)
	}
	if channel, message, ok := w.a.ParseLink(w.Server.Permalink(thread, inside)); !ok || channel != m.Place.Channel || message != m.Message {
		t.Errorf("the link into a thread leads to %s, %s, %v", channel, message, ok)
	}
}

// A thread that this process has never heard of is found, and one that is missed is caught up with.
func TestThreadsAfterARestart(t *testing.T) {
	t.Parallel()
	w := office(t, discordtest.Options{}, nil)
	l := listen(t, w.a, nil, nil)
	w.ready(t)
	root := w.Server.Say(w.room, w.ana, "a question")
	l.message(chat.MessageID(root))
	l.stop()
	thread := w.StartThread(w.room, root, "a question")
	w.Server.Say(thread, w.zoe, "missed")
	next := w.adapter(t, nil)
	sent, err := next.Send(t.Context(), chat.Delivery{Message: chat.Message{To: chat.To{Channel: chat.ChannelID(w.room), Thread: chat.MessageID(root)}, Body: []chat.Node{chat.Text("noted")}}})
	if err != nil {
		t.Fatal(err)
	}
	if p := w.Posts(); len(p) != 1 || p[0].Channel != thread {
		t.Errorf("after a restart the answer stands as %+v", p)
	}
	again := listen(t, next, l.reached(), nil)
	m := first(again, func(m chat.MessagePosted) bool { return m.Text == "missed" })
	if m.Place.Thread != chat.MessageID(root) {
		t.Errorf("what was missed in a thread comes from %+v", m.Place)
	}
	if echo := again.message(sent.Message); echo.Place != m.Place || !echo.Actor.Self {
		t.Errorf("the bot's own answer is caught up with as %+v", echo)
	}
}

func TestForums(t *testing.T) {
	t.Parallel()
	w := office(t, discordtest.Options{}, nil)
	forum := w.AddForum(w.guild, "ideas")
	l := listen(t, w.a, nil, nil)
	w.ready(t)
	post := w.PostInForum(forum, w.ana, "An idea", "what if")
	m := l.message(chat.MessageID(post))
	if m.Place != (chat.Place{Space: chat.SpaceID(w.guild), Channel: chat.ChannelID(forum)}) {
		t.Errorf("a forum's post comes from %+v", m.Place)
	}
	w.Server.Say(post, w.zoe, "yes")
	if r := first(l, func(m chat.MessagePosted) bool { return m.Text == "yes" }); r.Place.Thread != m.Message || r.Place.Channel != m.Place.Channel {
		t.Errorf("an answer in a forum comes from %+v", r.Place)
	}
	if _, err := w.a.Send(t.Context(), chat.Delivery{Message: chat.Message{To: chat.To{Channel: m.Place.Channel, Thread: m.Message}, Body: []chat.Node{chat.Text("noted")}}}); err != nil {
		t.Fatal(err)
	}
	if p := w.Posts(); len(p) != 1 || p[0].Channel != post {
		t.Errorf("the answer to a forum's post stands as %+v", p)
	}
	if text, _, err := w.a.Fetch(t.Context(), m.Place.Channel, m.Message); err != nil || text != "what if" {
		t.Errorf("Fetch of a forum's post gives %q, %v", text, err)
	}
}

// A chain of replies belongs to what it began with, also where this process did not see it begin.
func TestChainsOfReplies(t *testing.T) {
	t.Parallel()
	w := office(t, discordtest.Options{}, nil)
	one := w.Server.Say(w.room, w.ana, "one")
	two := w.Server.Reply(w.room, w.zoe, one, "two")
	three := w.Server.Reply(w.room, w.ana, two, "three")
	l := listen(t, w.a, nil, nil)
	w.ready(t)
	four := w.Server.Reply(w.room, w.zoe, three, "four")
	five := w.Server.Reply(w.room, w.ana, four, "five")
	for _, id := range []string{four, five} {
		if m := l.message(chat.MessageID(id)); m.Place.Thread != chat.MessageID(one) || m.OrphanThread {
			t.Errorf("%q is in the thread %q, orphan %v, want %q", m.Text, m.Place.Thread, m.OrphanThread, one)
		}
	}
	gone := w.Server.Say(w.room, w.ana, "gone")
	l.message(chat.MessageID(gone))
	w.Server.Delete(w.room, gone)
	if m := l.message(chat.MessageID(w.Server.Reply(w.room, w.zoe, gone, "to nobody"))); !m.OrphanThread || m.Place.Thread != chat.MessageID(gone) {
		t.Errorf("the answer to a deleted message arrives as %+v", m)
	}
	_, err := w.a.Send(t.Context(), chat.Delivery{Message: chat.Message{To: chat.To{Channel: chat.ChannelID(w.room), Thread: chat.MessageID(gone)}, Body: []chat.Node{chat.Text("late")}}})
	wantKind(t, err, chat.Gone)
}

// What is no contribution is not told as one, and what is no edit not as an edit.
func TestWhatIsNobodysContribution(t *testing.T) {
	t.Parallel()
	w := office(t, discordtest.Options{}, nil)
	l := listen(t, w.a, nil, nil)
	w.ready(t)
	if m := l.message(chat.MessageID(w.Announce(w.room, w.ana, 7))); !m.System {
		t.Errorf("the service's own words arrive as %+v", m)
	}
	if m := l.message(chat.MessageID(w.Hook(w.room, "build passed"))); m.Actor.Human() || !m.Actor.Bot {
		t.Errorf("a webhook's message is by %+v", m.Actor)
	}
	id := w.Attach(w.room, w.ana, "two files", 2)
	if m := l.message(chat.MessageID(id)); m.Attachments != 2 {
		t.Errorf("%d attachments arrive, want 2", m.Attachments)
	}
	w.Unfurl(w.room, id)
	w.Server.Edit(w.room, id, "three files")
	w.Unfurl(w.room, id)
	w.Server.React(w.room, id, w.ana, "gopher:123456789012345678", true)
	w.DeleteMany(w.room, id, w.Server.Say(w.room, w.ana, "doomed"))
	l.until("two deletions", func(events []chat.Event, _ []error) bool { return len(kinds[chat.MessageDeleted](events)) == 2 })
	l.mu.Lock()
	defer l.mu.Unlock()
	edits := map[chat.EventID]bool{}
	for _, e := range kinds[chat.MessageEdited](l.events) {
		edits[e.ID] = true
	}
	if len(edits) != 1 {
		t.Errorf("one edit among previews arrives as %d", len(edits))
	}
	if r := kinds[chat.Reaction](l.events); len(r) != 1 || r[0].Emoji != "gopher" {
		t.Errorf("a server's own emoji arrives as %+v", r)
	}
}

func kinds[E chat.Event](events []chat.Event) (found []E) {
	for _, e := range events {
		if x, ok := e.(E); ok {
			found = append(found, x)
		}
	}
	return found
}

// The plain text keeps code and quotes, and shows addresses and names instead of marks.
func TestPlainText(t *testing.T) {
	t.Parallel()
	w := office(t, discordtest.Options{}, nil)
	l := listen(t, w.a, nil, nil)
	w.ready(t)
	for typed, want := range map[string]string{
		"<@" + w.zoe + "> and <#" + w.room + ">":                           "@Zoe and #help",
		"`<@" + w.zoe + ">` is code":                                       "`<@" + w.zoe + ">` is code",
		"```\n<#1234567890123456>\n```":                                    "```\n<#1234567890123456>\n```",
		"> quoted\n[the docs](https://example.org/a) <https://b.example>":  "> quoted\nthe docs https://example.org/a https://b.example",
		"<:gopher:123456789012345678> </gofirst share:123456789012345678>": ":gopher: /gofirst share",
	} {
		if m := l.message(chat.MessageID(w.Server.Say(w.room, w.ana, typed))); m.Text != want {
			t.Errorf("%q arrives as %q, want %q", typed, m.Text, want)
		}
	}
}

// The history tells what is in threads too, in order.
func TestHistoryOfThreads(t *testing.T) {
	t.Parallel()
	w := office(t, discordtest.Options{}, nil)
	root := w.Server.Say(w.room, w.ana, "one")
	thread := w.StartThread(w.room, root, "one")
	for n, text := range []string{"two", "three", "four"} {
		w.Server.Say([]string{thread, w.room, thread}[n], w.ana, text)
	}
	var got []string
	err := w.a.History(t.Context(), time.Now().Add(-time.Hour), func(_ context.Context, e chat.Event) error {
		got = append(got, e.(chat.MessagePosted).Text)
		return nil
	})
	if err != nil || !slices.Equal(got, []string{"one", "two", "three", "four"}) {
		t.Errorf("the history is %q, %v", got, err)
	}
}

// What was said in a thread that was closed during a long outage is caught up with.
func TestArchivedThreads(t *testing.T) {
	t.Parallel()
	w := office(t, discordtest.Options{}, func(c *discord.Config) { c.Now = func() time.Time { return time.Now().Add(2 * time.Hour) } })
	l := listen(t, w.a, nil, nil)
	w.ready(t)
	root := w.Server.Say(w.room, w.ana, "a question")
	l.message(chat.MessageID(root))
	l.stop()
	thread := w.StartThread(w.room, root, "a question")
	w.Server.Say(thread, w.zoe, "missed")
	w.Archive(thread)
	m := first(listen(t, w.a, l.reached(), nil), func(m chat.MessagePosted) bool { return m.Text == "missed" })
	if m.Place.Thread != chat.MessageID(root) {
		t.Errorf("what was missed in a closed thread comes from %+v", m.Place)
	}
}
