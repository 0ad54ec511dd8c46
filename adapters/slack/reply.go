package slack

import (
	"crypto/rand"
	"encoding/base32"
	"strings"
	"sync"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// replyUses is how often Slack takes an answer on a response_url.
const replyUses = 5

// reply is what answers one command, press, form or action.
type reply struct {
	user    chat.UserID
	channel chat.ChannelID // empty for what happens in a form or on a home page
	direct  bool           // the channel is the conversation with the user
	thread  chat.MessageID
	url     string // a secret: whoever has it can answer
	trigger string

	mu   sync.Mutex
	left int
	born time.Time // by our clock
}

// handle keeps a reply under a name that nobody can guess.
func (a *Adapter) handle(r *reply) chat.ReplyHandle {
	h, now := chat.ReplyHandle(random()), a.now()
	r.born = now
	a.replies.put(h, r)
	return h
}

// spend takes one of the uses that are left.
func (r *reply) spend() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.left--
	return r.left >= 0
}

// random gives 128 bits of chance as letters and digits.
func random() string {
	b := make([]byte, 16)
	_, _ = rand.Read(b) // never fails, by its documentation
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b))
}
