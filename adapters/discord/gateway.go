package discord

import (
	"context"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/gofirst/gofirst/bot/chat"
)

// gatewayInfo is what GET /gateway/bot tells, and what the application may see.
type gatewayInfo struct {
	url     string
	shards  int
	buckets int
	intents discordgo.Intent
	guessed bool // the service did not tell which intents it grants
}

// prepareGateway asks where the gateway is and what the application was granted.
func (a *Adapter) prepareGateway(ctx context.Context) (gatewayInfo, error) {
	app, err := a.application(ctx, "run")
	if a.passed(err) {
		app, err = a.account(ctx)
	}
	if err != nil {
		return gatewayInfo{}, err
	}
	guessed := app.Flags == nil && !a.modest.Load()
	if app.Flags == nil && !guessed {
		app.Flags = new(int)
	}
	var g struct {
		URL    string `json:"url"`
		Shards int    `json:"shards"`
		Limit  *struct {
			Remaining   int `json:"remaining"`
			ResetAfter  int `json:"reset_after"`
			Concurrency int `json:"max_concurrency"`
		} `json:"session_start_limit"`
	}
	if err := a.call(ctx, request{op: "run", method: "GET", path: "/gateway/bot"}, &g); err != nil {
		return gatewayInfo{}, err
	}
	shards := max(g.Shards, 1)
	if a.cfg.Shards > 0 {
		shards = a.cfg.Shards
	}
	buckets := 1
	if g.Limit != nil { // a gateway that tells no limit has none
		buckets = max(g.Limit.Concurrency, 1)
	}
	if g.Limit != nil && g.Limit.Remaining < shards {
		e := failed("run", chat.Later, "the service lets the bot connect no more today; something restarts it too often")
		e.Wait = time.Duration(g.Limit.ResetAfter) * time.Millisecond
		return gatewayInfo{}, e
	}
	intents, sight := granted(app.Flags)
	a.mu.Lock()
	a.sight = sight
	a.mu.Unlock()
	return gatewayInfo{url: g.URL, shards: shards, buckets: buckets, intents: intents, guessed: guessed}, nil
}

// application asks who the bot is, and remembers it.
func (a *Adapter) application(ctx context.Context, op string) (wireApplication, error) {
	var app wireApplication
	if err := a.call(ctx, request{op: op, method: "GET", path: "/applications/@me"}, &app); err != nil {
		return app, err
	}
	var me wireUser
	if app.Bot.ID == "" {
		if err := a.call(ctx, request{op: op, method: "GET", path: "/users/@me"}, &me); err != nil {
			return app, err
		}
		app.Bot = me
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.self, a.app = app.Bot.ID, app.ID
	return app, nil
}

// account is all that is known of the bot where the service tells nothing of applications.
func (a *Adapter) account(ctx context.Context) (app wireApplication, err error) {
	if err = a.call(ctx, request{op: "run", method: "GET", path: "/users/@me"}, &app.Bot); err != nil {
		return app, err
	}
	app.ID = app.Bot.ID // until READY says otherwise
	a.mu.Lock()
	defer a.mu.Unlock()
	a.self, a.app = app.Bot.ID, app.ID
	return app, nil
}

// identifyPace keeps the time between two IDENTIFYs of one bucket, over all runs.
type identifyPace struct {
	mu    sync.Mutex
	turns map[int]chan time.Time // holds the time of the last IDENTIFY while nobody is identifying
}

// enter waits for a bucket's turn. Whoever has it calls leave once the service has answered.
func (p *identifyPace) enter(ctx context.Context, bucket int, every time.Duration) bool {
	select {
	case last := <-p.turn(bucket):
		if wait := time.Until(last.Add(every)); wait > 0 && !pause(ctx, wait) {
			p.turn(bucket) <- last
			return false
		}
		return true
	case <-ctx.Done():
		return false
	}
}

func (p *identifyPace) leave(bucket int) { p.turn(bucket) <- time.Now() }

func (p *identifyPace) turn(bucket int) chan time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.turns[bucket] == nil {
		p.turns[bucket] = make(chan time.Time, 1)
		p.turns[bucket] <- time.Time{}
	}
	return p.turns[bucket]
}
