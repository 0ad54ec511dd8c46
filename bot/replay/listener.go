package replay

import (
	"context"
	"fmt"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// Record is a source of history: an adapter that can only be listened to.
type Record interface {
	chat.Adapter
	chat.Directory
}

// Counted is what a record may say about what it read and what it could not take as it stands.
type Counted interface {
	// Tally gives the number of message records read, what was left out or taken otherwise by reason, and a
	// sentence for each reason.
	Tally() (messages int, skipped map[string]int, about map[string]string)
	// Progress tells how much has been worked through, in any unit.
	Progress() (done, total int64)
}

// muted is a record to which the engine may speak: nothing is sent, and everything is taken for delivered.
type muted struct {
	Record
	sent int
	last chat.Message // what is settled next
}

// Send pretends.
func (m *muted) Send(_ context.Context, d chat.Delivery) (chat.Receipt, error) {
	m.sent++
	m.last = d.Message
	return chat.Receipt{Channel: d.Message.To.Channel, Message: chat.MessageID(fmt.Sprintf("rehearsed-%d", m.sent)), Time: time.Time{}}, nil
}

// Info is the record's own, which says that it is a replay.
func (m *muted) Info() chat.Info {
	i := m.Record.Info()
	i.MaxSize = 0
	return i
}
