package discord

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// shard is one part of the bot's servers, and the session in which the gateway tells of them. A session outlives the
// connections that it is told over.
type shard struct {
	r      *runner
	g      gatewayInfo
	number int

	session string       // from READY; empty while there is none
	at      string       // where the session is resumed
	seq     atomic.Int64 // of the last event
	greeted bool         // something was told on this connection
}

// A connection that held for steady was a good one: the next is tried soon. None is tried later than slowest.
const (
	steady  = time.Minute
	slowest = 15 * time.Second
)

// run connects and stays connected. A cut connection is resumed, for then the service repeats what was missed.
func (s *shard) run(ctx context.Context) error {
	wait, well := s.r.a.timing.again, time.Now()
	for {
		began := time.Now()
		s.greeted = false
		err := s.connect(ctx)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, errIntents) && s.g.guessed:
			s.r.a.modest.Store(true)
			s.r.a.cfg.Log.Warn("the service does not grant the privileged intents; the bot goes on without them")
			return failed("run", chat.Later, "the privileged intents are not granted; the bot goes on without them")
		case !errors.Is(err, errCut):
			return err
		case s.greeted:
			well = time.Now()
		case time.Since(well) > s.r.a.timing.patience:
			return failed("run", chat.Later, "the gateway cannot be reached")
		}
		if time.Since(began) > steady {
			wait = s.r.a.timing.again
		}
		s.r.a.cfg.Log.Debug("the gateway's connection was cut", "shard", s.number)
		if !pause(ctx, wait/2+rand.N(wait)) {
			return ctx.Err()
		}
		wait = min(2*wait, slowest)
	}
}

// connect opens a connection, identifies or resumes on it, and hears what it tells until it ends.
func (s *shard) connect(ctx context.Context) error {
	at, settled := s.at, func() {}
	if s.session == "" {
		bucket := s.number % s.g.buckets
		if !s.r.a.pace.enter(ctx, bucket, s.r.a.timing.identify) {
			return ctx.Err()
		}
		at, settled = s.g.url, sync.OnceFunc(func() { s.r.a.pace.leave(bucket) })
		defer settled()
	}
	k, err := s.open(ctx, at)
	if err != nil {
		return err
	}
	defer k.ws.Close()
	defer context.AfterFunc(ctx, k.farewell)()
	_ = k.ws.SetReadDeadline(time.Now().Add(s.r.a.timing.request)) // until something is told
	every, err := k.hello()
	if err != nil {
		return err
	}
	beating, stop := context.WithCancel(ctx)
	var heart sync.WaitGroup
	heart.Go(func() { k.beat(beating, every) })
	defer heart.Wait()
	defer stop()
	s.introduce(k)
	return s.follow(ctx, k, settled)
}

// follow hears a connection. greeted is called when the gateway has taken the session.
func (s *shard) follow(ctx context.Context, k *socket, greeted func()) error {
	for {
		f, err := k.next()
		if err != nil {
			return err
		}
		switch f.Op {
		case opHeartbeat:
			k.heartbeat()
		case opAcknowledged:
			k.acked.Store(true)
		case opReconnect:
			k.end(closeUnanswered)
			return errCut
		case opInvalidSession:
			return s.invalid(ctx, k, string(f.Data) == "true")
		case opDispatch:
			if !s.greeted {
				s.greeted = true
				_ = k.ws.SetReadDeadline(time.Time{}) // from now on the heartbeats tell
				greeted()
			}
			if err := s.hear(f); err != nil {
				return err
			}
		}
	}
}

// invalid is the gateway's word that it does not take a session. One that it did not let begin, because others
// began just now, is begun a little later.
func (s *shard) invalid(ctx context.Context, k *socket, resumable bool) error {
	k.end(closeUnanswered)
	switch {
	case s.session == "":
		pause(ctx, s.r.a.timing.invalid+rand.N(4*s.r.a.timing.invalid))
		return errCut
	case resumable:
		return errCut
	}
	return errEnded()
}
