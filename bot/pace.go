package bot

import (
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/gofirst/gofirst/bot/chat"
)

// sendWithin is for how long a service may think about one message.
const sendWithin = 10 * time.Second

// send delivers once, at the pace that the service allows and within a time. It is how everything is said.
func (c *Connection) send(ctx context.Context, d chat.Delivery) (chat.Receipt, error) {
	if err := c.pace.wait(ctx, d.Message.To); err != nil {
		return chat.Receipt{}, &chat.Error{Op: "wait for the service's pace", Kind: chat.Later, Err: err}
	}
	ctx, cancel := context.WithTimeout(ctx, sendWithin)
	defer cancel()
	return c.Adapter.Send(ctx, d)
}

// pace keeps to what a service allows: so often in all, so often to one channel. Answers to commands have limits of
// their own, and are not slowed down.
type pace struct {
	each time.Duration
	all  *rate.Limiter // nil where the service names no limit

	mu       sync.Mutex
	channels map[chat.To]*rate.Limiter
}

// paceMost is how many channels are remembered. Forgetting them all does no harm: the service says when it is too much.
const paceMost = 2000

func newPace(i chat.Info) *pace {
	p := &pace{each: i.PerChannel, channels: map[chat.To]*rate.Limiter{}}
	if i.InAll > 0 {
		p.all = rate.NewLimiter(rate.Every(i.InAll), 1)
	}
	return p
}

func (p *pace) wait(ctx context.Context, to chat.To) error {
	if to.Reply != "" {
		return nil
	}
	if one := p.of(to); one != nil {
		if err := one.Wait(ctx); err != nil {
			return err
		}
	}
	if p.all == nil {
		return nil
	}
	return p.all.Wait(ctx)
}

func (p *pace) of(to chat.To) *rate.Limiter {
	if p.each == 0 {
		return nil
	}
	key := chat.To{Channel: to.Channel, Person: to.Person}
	if key.Channel != "" {
		key.Person = ""
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.channels[key] == nil {
		if len(p.channels) >= paceMost {
			clear(p.channels)
		}
		p.channels[key] = rate.NewLimiter(rate.Every(p.each), 1)
	}
	return p.channels[key]
}
