package bot

import (
	"context"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// soon is how long somebody waits without a word for an answer that takes its time.
const soon = 2 * time.Second

// aside does what takes long beside the turns: while the engine runs, so that nobody else waits for it. Whoever asked
// is told that it takes a moment, where it does.
func (t *turn) aside(c *call, do func(context.Context) (chat.Message, bool)) {
	e, conn, waits := t.Engine, t.conn, chat.Message{To: addressOf(c.reply), Private: true, Body: t.texts.say(c.g, "past.moment", nil)}
	t.onStored(func(ctx context.Context) {
		if e.live == nil {
			e.sayIf(ctx, conn, do)
			return
		}
		e.live.senders.Go(func() {
			ctx := e.live.work
			told := make(chan struct{})
			slow := time.AfterFunc(soon, func() {
				e.say(ctx, conn, waits)
				close(told)
			})
			m, ok := do(ctx)
			if !slow.Stop() {
				<-told
			}
			e.sayIf(ctx, conn, func(context.Context) (chat.Message, bool) { return m, ok })
		})
	})
}

func (e *Engine) sayIf(ctx context.Context, c *Connection, do func(context.Context) (chat.Message, bool)) {
	if m, ok := do(ctx); ok && m.To != (chat.To{}) {
		e.say(ctx, c, m)
	}
}
