package mattermost

import (
	"sync"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// A response URL works five times within half an hour; so does every reply handle.
const (
	replyLife = 30 * time.Minute
	replyUses = 5
)

// reply is an open reply handle: who may be answered, and by which way.
type reply struct {
	user  chat.UserID
	place chat.Place
	url   string // the response URL of a command; a secret
	until time.Time

	mu      sync.Mutex
	left    int
	held    chan string // takes what the door that still waits shows to the person; nil where none waits
	written bool        // the door's answer is given
}

// replies holds the open handles.
type replies struct {
	now func() time.Time
	all *cache[chat.ReplyHandle, *reply]
}

func newReplies(now func() time.Time) *replies {
	return &replies{now: now, all: newCache[chat.ReplyHandle, *reply](now, replyLife, 20_000)}
}

func (r *replies) open(x *reply) chat.ReplyHandle {
	x.until, x.left = r.now().Add(replyLife), replyUses
	id := chat.ReplyHandle(secret())
	r.all.keep(id, x)
	return id
}

// find gives a handle that can still be used, without using it.
func (r *replies) find(id chat.ReplyHandle) (*reply, bool) {
	x, ok := r.all.find(id)
	if !ok {
		return nil, false
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	return x, x.left > 0
}

// use counts one answer.
func (x *reply) use() bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.left--
	return x.left >= 0
}

// hold makes a door wait for the first answer.
func (x *reply) hold() <-chan string {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.held = make(chan string, 1)
	return x.held
}

// show gives a text to the door that waits; false where none does. An empty text lets the door answer with nothing.
func (x *reply) show(text string) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.held == nil || x.written {
		return false
	}
	x.written = true
	x.held <- text
	return true
}

// release is called by the door when it waits no longer: it gives what came at the last moment.
func (x *reply) release() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.written = true
	select {
	case text := <-x.held:
		return text
	default:
		return ""
	}
}
