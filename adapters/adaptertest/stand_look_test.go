package adaptertest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

const stem = "https://stand.example/"

func (b *broken) ParseLink(link string) (chat.ChannelID, chat.MessageID, bool) {
	if b.linked != nil {
		link = b.linked(link)
	}
	path, ok := strings.CutPrefix(strings.Trim(link, "<> "), stem)
	channel, id, two := strings.Cut(path, "/")
	if !ok || !two || channel == "" || id == "" || strings.Contains(id, "/") {
		return "", "", false
	}
	return chat.ChannelID(channel), chat.MessageID(id), true
}

func (b *broken) History(ctx context.Context, since time.Time, sink chat.Sink) error {
	for _, e := range b.c.Events() {
		m, ok := e.(chat.MessagePosted)
		if !ok || m.Time.Before(since) {
			continue
		}
		m.Cursor = ""
		all := []chat.Event{m}
		if b.told != nil {
			all = b.told(m)
		}
		for _, e := range all {
			if err := errors.Join(ctx.Err(), sink(ctx, e)); err != nil {
				return &chat.Error{Op: "history", Kind: chat.Later, Err: err}
			}
		}
	}
	return ctx.Err()
}

func (b *broken) Sees() chat.Sight {
	sight := chat.Sight{Known: b.known.Load(), Messages: true, Reactions: true, Members: true}
	if b.sees != nil {
		return b.sees(sight)
	}
	return sight
}

func (b *broken) Tally() map[chat.Count]int64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	return maps.Clone(b.tally)
}

func (b *broken) counted(c chat.Count) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.counts != nil {
		c = b.counts(c)
	}
	b.tally[c]++
}

func (b *broken) Examine(context.Context) []chat.Finding {
	token := chat.Finding{What: "bot token", Why: "the service knows it"}
	if b.revoked.Load() {
		token = chat.Finding{What: "bot token", State: chat.Ill, Why: "the service refuses it", Do: "Ask for a new one."}
	}
	all := []chat.Finding{token, {What: "pictures", State: chat.Limited, Why: "there are none here", Do: "Nothing, if that is meant."}}
	if b.findings != nil {
		return b.findings(all)
	}
	return all
}

// Doors has one door, through which ana speaks who knows the secret.
func (b *broken) Doors() map[string]http.Handler {
	return map[string]http.Handler{"events": http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if b.body != nil && b.body(w, r) {
			return
		}
		admitted := r.Header.Get("Authorization") == secret
		if b.admitted != nil {
			admitted = b.admitted(r)
		}
		if !admitted {
			b.counted(map[bool]chat.Count{true: chat.RefusedStale, false: chat.RefusedSignature}[r.Header.Get("Authorization") == stale])
			http.Error(w, "no", http.StatusForbidden)
			return
		}
		said, ok := r.Context().Value(speaker{}).(func())
		if !ok {
			b.counted(chat.RefusedBody)
			_, _ = io.Copy(io.Discard, io.LimitReader(r.Body, 1<<20))
			http.Error(w, "what?", http.StatusBadRequest)
			return
		}
		said()
	})}
}

// speaker is the key of what happens in the chat when a request is let in.
type speaker struct{}

const stale = "xoxb-stale"

// header is that of an injected event.
func (b *broken) header(user chat.UserID, in chat.ChannelID) chat.Header {
	return chat.Header{
		ID: chat.EventID(fmt.Sprintf("x%d", time.Now().UnixNano())), Place: chat.Place{Channel: in}, Time: time.Now(),
		Actor: chat.Actor{User: user, Bot: user == b.c.Self(), Self: user == b.c.Self()},
	}
}
