package store

import (
	"crypto/sha256"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// SeenEvent keeps that an event was taken and reports whether that is news. Posted messages need it not:
// AddMessage says the same. The event's time has to be the same each time it is told.
func (t *Tx) SeenEvent(conn string, id chat.EventID, at time.Time) (fresh bool, err error) {
	key := sha256.Sum256([]byte(id))
	n := micros(at)
	return t.addNew("event", "events (day, conn, key, at)", "($1, $2, $3, $4)", dayOf(n), conn, key[:16], n)
}
