package discord

import (
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"

	"github.com/gofirst/gofirst/bot/chat"
)

// The gateway's operations.
const (
	opDispatch       = 0
	opHeartbeat      = 1
	opIdentify       = 2
	opResume         = 6
	opReconnect      = 7
	opInvalidSession = 9
	opHello          = 10
	opAcknowledged   = 11
)

// The gateway's close codes that say more than that a connection has ended.
const (
	closeAuthentication   = 4004
	closeSequence         = 4007
	closeSessionTimedOut  = 4009
	closeShard            = 4010
	closeSharding         = 4011
	closeVersion          = 4012
	closeInvalidIntents   = 4013
	closeDisallowedIntent = 4014

	// closeUnanswered is ours. Unlike 1000 and 1001 it lets the session be resumed.
	closeUnanswered = 4000
)

var errIntents = errors.New("the service does not grant the intents; switch on Message Content Intent and Server Members Intent on the application's Bot page")

// errCut says that a connection ended and the next may go on where it was.
var errCut = errors.New("the gateway's connection was cut")

// writeTime is how long something may take to be written.
const writeTime = 10 * time.Second

// socket is one websocket of the gateway.
type socket struct {
	ws      *websocket.Conn
	writing sync.Mutex
	seq     *atomic.Int64 // the shard's: of the last event, 0 before the first
	acked   atomic.Bool   // the last heartbeat was answered
}

type frame struct {
	Op   int             `json:"op"`
	Data json.RawMessage `json:"d"`
	Seq  int64           `json:"s"`
	Type string          `json:"t"`
}

// next reads one frame. Its error says how the connection ended.
func (k *socket) next() (frame, error) {
	_, body, err := k.ws.ReadMessage()
	if err != nil {
		return frame{}, closed(err)
	}
	var f frame
	if json.Unmarshal(body, &f) != nil {
		return frame{}, errCut
	}
	return f, nil
}

func (k *socket) send(op int, data any) {
	body, err := json.Marshal(struct {
		Op   int `json:"op"`
		Data any `json:"d"`
	}{op, data})
	if err != nil {
		return
	}
	k.writing.Lock()
	defer k.writing.Unlock()
	_ = k.ws.SetWriteDeadline(time.Now().Add(writeTime))
	if k.ws.WriteMessage(websocket.TextMessage, body) != nil {
		_ = k.ws.Close() // whoever reads notices
	}
}

// hello waits for the gateway's greeting, which says how often it wants a heartbeat.
func (k *socket) hello() (time.Duration, error) {
	f, err := k.next()
	if err != nil {
		return 0, err
	}
	var d struct {
		Every int64 `json:"heartbeat_interval"`
	}
	if f.Op != opHello || json.Unmarshal(f.Data, &d) != nil || d.Every <= 0 {
		return 0, errCut
	}
	return time.Duration(d.Every) * time.Millisecond, nil
}

// beat sends heartbeats, the first one at a random time, lest all shards send theirs together. A gateway that has
// not answered one when the next is due is taken for dead.
func (k *socket) beat(ctx context.Context, every time.Duration) {
	for wait := time.Duration(rand.Float64() * float64(every)); pause(ctx, wait); wait = every {
		if !k.acked.Swap(false) {
			k.end(closeUnanswered)
			return
		}
		k.heartbeat()
	}
}

func (k *socket) heartbeat() {
	if n := k.seq.Load(); n > 0 {
		k.send(opHeartbeat, n)
		return
	}
	k.send(opHeartbeat, nil)
}

// end closes the connection, and says why if that can be said quickly.
func (k *socket) end(code int) {
	_ = k.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), time.Now().Add(100*time.Millisecond))
	_ = k.ws.Close()
}

// farewell ends the session too, for no connection follows in this run: the bot is shown as absent at once. The
// gateway has a moment to say that it has understood.
func (k *socket) farewell() {
	_ = k.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.CloseNormalClosure, ""), time.Now().Add(100*time.Millisecond))
	time.AfterFunc(250*time.Millisecond, func() { _ = k.ws.Close() })
}

// closed tells of a connection that ended whether the next one may go on. It refuses only what nobody but an
// administrator can mend.
func closed(err error) error {
	var c *websocket.CloseError
	if !errors.As(err, &c) {
		return errCut
	}
	switch c.Code {
	case closeAuthentication:
		return failed("run", chat.Refused, renew)
	case closeSequence, closeSessionTimedOut:
		return errEnded()
	case closeShard, closeSharding:
		return failed("run", chat.Refused, "the gateway does not take so few shards; leave their number to the service")
	case closeVersion:
		return failed("run", chat.Refused, "the gateway no longer speaks version 10; install a newer gofirst")
	case closeDisallowedIntent:
		return &chat.Error{Op: "discord run", Kind: chat.Refused, Err: errIntents}
	case closeInvalidIntents:
		return failed("run", chat.Refused, "the gateway does not know the intents; install a newer gofirst")
	}
	return errCut
}

func errEnded() error {
	return failed("run", chat.Later, "the gateway's session ended; what was missed is read again")
}
