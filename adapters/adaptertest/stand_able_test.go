package adaptertest

import (
	"context"
	"errors"
	"sync"

	"github.com/gofirst/gofirst/bot/chat"
)

// What the local chat lacks and a real service has is here and in stand_look_test.go.

func (b *broken) soundRun(ctx context.Context, since map[chat.ChannelID]chat.Cursor, sink chat.Sink) error {
	if b.revoked.Load() {
		return &chat.Error{Op: "run", Kind: chat.Refused, Err: errRevoked}
	}
	b.known.Store(true)
	b.logs("connected")
	since = b.fromNow(since)
	defer b.connected()()
	err := b.Faults.Run(ctx, since, b.handing(sink), b.andInjected)
	if errors.Is(err, errCut) {
		b.counted(chat.Gaps)
		b.logs("cut")
	}
	return err
}

var errRevoked = errors.New("the token was revoked")

// connected lets Ready return until disconnect is called.
func (b *broken) connected() (disconnect func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	close(b.online)
	return func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.online = make(chan struct{})
	}
}

// fromNow lets the present begin where there is no cursor: the local chat would begin with the past.
func (b *broken) fromNow(since map[chat.ChannelID]chat.Cursor) map[chat.ChannelID]chat.Cursor {
	if len(since) != 0 {
		return since
	}
	events := b.c.Events()
	if len(events) == 0 {
		return nil
	}
	now := map[chat.ChannelID]chat.Cursor{}
	for _, in := range []chat.ChannelID{"help", "build", "@UANA", "@UBOB"} {
		now[in] = events[len(events)-1].Head().Cursor
	}
	return now
}

// handing acknowledges what a person waits for.
func (b *broken) handing(sink chat.Sink) chat.Sink {
	return func(ctx context.Context, e chat.Event) error {
		if p, ok := e.(chat.ButtonPressed); ok && p.Value == offered {
			return b.Adapter.OpenForm(ctx, p.Reply, p.Trigger, b.late.Load().(chat.Form))
		}
		err := sink(ctx, e)
		if awaited(e) && b.ackLate {
			b.acked <- struct{}{}
		}
		return err
	}
}

// offered is the value of the button that offers a form.
const offered = "the form that came late"

func (b *broken) offer(ctx context.Context, r chat.ReplyHandle, f chat.Form) error {
	if b.mum {
		return nil
	}
	b.late.Store(f)
	m := chat.Message{To: chat.To{Reply: r}, Private: !b.public, Buttons: []chat.Button{{Label: f.Title, Value: offered}}}
	_, err := b.Adapter.Send(ctx, chat.Delivery{Message: m})
	return err
}

// andInjected also tells what the local chat cannot.
func (b *broken) andInjected(ctx context.Context, since map[chat.ChannelID]chat.Cursor, sink chat.Sink) error {
	ctx, cancel := context.WithCancel(ctx)
	var telling sync.WaitGroup
	defer telling.Wait()
	defer cancel()
	telling.Go(func() {
		for {
			select {
			case <-ctx.Done():
				return
			case e := <-b.injected:
				_ = sink(ctx, e)
			}
		}
	})
	return b.Adapter.Run(ctx, since, sink)
}

func (b *broken) soundSend(ctx context.Context, d chat.Delivery) (chat.Receipt, error) {
	if b.revoked.Load() {
		return chat.Receipt{}, &chat.Error{Op: "send", Kind: chat.Refused, Err: errRevoked}
	}
	if to := d.Message.To; d.Message.Private && to.Channel != "" && to.Person != "" {
		d.Message.To = chat.To{Person: to.Person} // people see no difference
	}
	r, err := b.Faults.Send(ctx, d, b.Adapter.Send)
	if err != nil {
		b.logs("not sent")
	}
	if p := d.Message.Picture; p != nil {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.alts[r.Message] = p.Alt
	}
	return r, err
}

func (b *broken) logs(words string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.log.WriteString(words + "\n")
}
