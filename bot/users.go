package bot

import (
	"sync"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// users remembers in memory which account is behind a person, so that a message need not be unsealed for. It is
// emptied when it grows too large, and lost with the process.
type users struct {
	mu    sync.Mutex
	known map[store.PersonID]chat.UserID
}

// usersMost bounds the memory: about 5 MB.
const usersMost = 50_000

func newUsers() *users { return &users{known: map[store.PersonID]chat.UserID{}} }

func (u *users) get(id store.PersonID) (chat.UserID, bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	user, ok := u.known[id]
	return user, ok
}

func (u *users) put(id store.PersonID, user chat.UserID) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if len(u.known) >= usersMost {
		clear(u.known)
	}
	u.known[id] = user
}

func (u *users) forget(id store.PersonID) {
	u.mu.Lock()
	defer u.mu.Unlock()
	delete(u.known, id)
}
