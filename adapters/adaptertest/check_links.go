package adaptertest

import (
	"context"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

func linkChecks() []check {
	return []check{
		{"Linker: the service's own link leads to the message", nil, linkLeads},
		{"Linker: what is no link to a message is none", nil, nonsenseIsNoLink},
	}
}

func linkLeads(t *trial) {
	a, s := t.open()
	linker, p := ability[chat.Linker](t, a), has[Permalinker](t, s)
	_, ids := t.told(a, s, Person, "one", "two")
	if r, ok := s.(Replier); ok && a.Info().Threads {
		ids = append(ids, r.Reply(ids[0], "a reply"))
	}
	for _, id := range ids {
		link := p.Permalink(id)
		for _, typed := range []string{link, "<" + link + ">", " " + link + " "} {
			channel, message, ok := linker.ParseLink(typed)
			if fetcher, can := a.(chat.Fetcher); ok && can && channel == "" {
				if _, _, err := fetcher.Fetch(context.Background(), "", message); err != nil {
					t.Errorf("Fetch of what ParseLink(%q) gives, without a channel: %v", typed, err)
				}
				channel, message, ok = linker.ParseLink(typed)
			}
			if !ok || channel != s.Channel() || message != id {
				t.Errorf("ParseLink(%q) gives %s, %s, %v, want the message %s", typed, channel, message, ok, id)
			}
		}
	}
}

// nonsenseIsNoLink also cuts a true link at every letter, which must do no harm.
func nonsenseIsNoLink(t *trial) {
	a, s := t.open()
	linker, p := ability[chat.Linker](t, a), has[Permalinker](t, s)
	for _, link := range []string{
		"", " ", "hello", "https://", "https:///", "http://[::1", "https://example.org", "https://example.org/", "//", "/", "://", "%zz",
		"https://example.org/%zz/%00", "javascript:alert(1)", "mailto:ana@example.org", "https://example.org/archives/", "https://example.org/channels/1",
		"https://example.org/x/pl/", "<>", "<|>", "\x00\xff", strings.Repeat("https://", 1000), "https://example.org/" + strings.Repeat("a/", 5000),
	} {
		if channel, message, ok := linker.ParseLink(link); ok || channel != "" || message != "" {
			t.Errorf("ParseLink(%.80q) gives %s, %s, %v", link, channel, message, ok)
		}
	}
	_, ids := t.told(a, s, Person, "one")
	link := p.Permalink(ids[0])
	for end := range len(link) {
		if channel, message, ok := linker.ParseLink(link[:end]); ok != (channel != "" && message != "") || !ok && channel+"" != "" {
			t.Errorf("ParseLink(%q) gives %q, %q, %v", link[:end], channel, message, ok)
		}
	}
}
