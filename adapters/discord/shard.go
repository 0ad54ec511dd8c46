package discord

import (
	"context"
	"net"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/gofirst/gofirst/bot/chat"
)

// shard is one connection to the gateway.
type shard struct {
	r      *runner
	g      gatewayInfo
	number int

	mu      sync.Mutex
	session string // from READY
	line    net.Conn
	greeted bool          // READY or RESUMED has come on this connection
	renewed bool          // a RESUME was answered with a new session
	lost    chan struct{} // closed when discordgo has given the connection up
}

// resumes is how often a session is continued before the engine begins anew; a connection that held for long enough to be
// called steady does not count.
const (
	resumes = 5
	steady  = 10 * time.Minute
)

// run connects and stays connected; a cut connection is resumed, for then the service repeats what was missed.
func (s *shard) run(ctx context.Context) error {
	bucket := s.number % s.g.buckets
	if !s.r.a.pace.enter(ctx, bucket, s.r.a.timing.identify) {
		return ctx.Err()
	}
	identified := sync.OnceFunc(func() { s.r.a.pace.leave(bucket) })
	defer identified()
	d, err := s.dial(ctx)
	if err != nil {
		return err
	}
	for n := 0; n < resumes; n++ {
		began := time.Now()
		if err := s.connect(ctx, d, identified); err != nil {
			return err
		}
		if time.Since(began) > steady {
			n = 0
		}
		s.r.a.cfg.Log.Debug("the gateway's connection was cut; resuming", "shard", s.number)
	}
	return failed("run", chat.Later, "the gateway's connection is cut again and again")
}

// connect opens the connection, or resumes it, and returns nil where it was cut and can be resumed.
func (s *shard) connect(ctx context.Context, d *discordgo.Session, identified func()) error {
	s.mu.Lock()
	s.greeted, s.lost = false, make(chan struct{})
	lost := s.lost
	s.mu.Unlock()
	err := d.Open()
	identified()
	if err != nil {
		return closed(ctx, err)
	}
	defer func() { <-lost }() // discordgo's goroutines end before Run does
	if s.fresh() {
		s.cut()
		return failed("run", chat.Later, "the gateway did not take the session")
	}
	select {
	case <-lost:
	case <-ctx.Done():
		return ctx.Err()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.renewed || s.session == "" {
		return failed("run", chat.Later, "the gateway's session ended; what was missed is read again")
	}
	return nil
}

// fresh says that a connection was opened and yet nobody was greeted on it.
func (s *shard) fresh() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return !s.greeted
}

// cut closes the connection under discordgo, which then gives it up.
func (s *shard) cut() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.line != nil {
		_ = s.line.Close()
	}
}
