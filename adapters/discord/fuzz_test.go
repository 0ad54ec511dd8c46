package discord_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/gofirst/gofirst/adapters/discord"
	"github.com/gofirst/gofirst/adapters/discord/discordtest"
)

// FuzzDoor brings what strangers may send, with their signature and with the service's.
func FuzzDoor(f *testing.F) {
	s := discordtest.New(discordtest.Options{})
	f.Cleanup(s.Close)
	a, err := discord.New(discord.Config{Token: s.Token, PublicKey: s.PublicKey, API: s.URL()})
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{
		`{"type":1}`, `{`, `null`, `[]`, `{"type":2,"id":"123456789012345678","token":"t","channel_id":"123456789012345678","member":{"user":{"id":"123456789012345678"}},"data":{"name":"gofirst","options":[{"name":"share"}]}}`,
		`{"type":5,"id":"123456789012345678","token":"t","channel_id":"123456789012345678","user":{"id":"123456789012345678"},"data":{"custom_id":"s:x:y","components":[{"component":null}]}}`,
	} {
		f.Add([]byte(seed), true)
		f.Add([]byte(seed), false)
	}
	f.Fuzz(func(t *testing.T, body []byte, genuine bool) {
		stamp := strconv.FormatInt(time.Now().Unix(), 10)
		r := httptest.NewRequest(http.MethodPost, "https://bot.example/", bytes.NewReader(body))
		r.Header.Set("X-Signature-Timestamp", stamp)
		signature := s.Sign(stamp, body)
		if !genuine {
			signature = s.Sign(stamp+"1", body)
		}
		r.Header.Set("X-Signature-Ed25519", signature)
		w := httptest.NewRecorder()
		a.Doors()["interactions"].ServeHTTP(w, r)
		if !genuine && w.Code != http.StatusUnauthorized {
			t.Errorf("with a wrong signature %q gets the status %d", body, w.Code)
		}
		if genuine && w.Code == http.StatusUnauthorized {
			t.Errorf("with the service's signature %q is refused", body)
		}
	})
}

// FuzzGateway brings events of every kind with any body; none may end the process.
func FuzzGateway(f *testing.F) {
	for _, kind := range []string{
		"MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE", "MESSAGE_DELETE_BULK", "MESSAGE_REACTION_ADD", "GUILD_MEMBER_ADD", "GUILD_MEMBER_REMOVE",
		"INTERACTION_CREATE", "CHANNEL_CREATE", "CHANNEL_DELETE", "THREAD_LIST_SYNC", "GUILD_CREATE", "GUILD_DELETE", "NEW_KIND",
	} {
		f.Add(kind, []byte(`{"id":"123456789012345678","channel_id":"223456789012345678","author":{"id":"323456789012345678"},"content":"<@1>","type":19,"message_reference":{"message_id":"1","channel_id":"223456789012345678"},"edited_timestamp":"2026-01-01T00:00:00+00:00","ids":["1"]}`))
		f.Add(kind, []byte(`{"user":null,"emoji":{},"guild_id":"1","channels":[{}],"data":{"options":[{"value":{}}]}}`))
	}
	a := bare(f)
	f.Fuzz(func(t *testing.T, kind string, body []byte) {
		if json.Valid(body) { // discordgo has decoded the frame around it by then
			a.Hear(kind, body)
		}
	})
}

// FuzzPlainText reads markup that strangers write. What is named lies inside the text.
func FuzzPlainText(f *testing.F) {
	for _, s := range shards {
		f.Add(s + s)
	}
	a := bare(f)
	f.Fuzz(func(t *testing.T, content string) {
		text, refs := a.Plain(content)
		last := 0
		for _, r := range refs {
			if r.At < last || r.Len <= 0 || r.At+r.Len > len(text) {
				t.Fatalf("in %q something is named at %d, %d long", text, r.At, r.Len)
			}
			last = r.At + r.Len
		}
		if utf8.ValidString(content) != utf8.ValidString(text) && utf8.ValidString(content) {
			t.Errorf("%q reads as %q", content, text)
		}
	})
}

// FuzzParseLink reads what people paste.
func FuzzParseLink(f *testing.F) {
	for _, s := range []string{
		"https://discord.com/channels/123456789012345678/223456789012345678/323456789012345678", "https://ptb.discord.com/channels/@me/223456789012345678/323456789012345678",
		"<https://discordapp.com/channels/1/2/3>", "https://discord.com@evil.example/channels/1/2/3", "https://discord.com/channels//", "\x00",
	} {
		f.Add(s)
	}
	a := bare(f)
	f.Fuzz(func(t *testing.T, link string) {
		channel, message, ok := a.ParseLink(link)
		if ok != (channel != "" && message != "") {
			t.Errorf("%q gives %q, %q, %v", link, channel, message, ok)
		}
	})
}
