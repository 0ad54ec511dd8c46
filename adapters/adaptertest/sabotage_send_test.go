package adaptertest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"

	"github.com/gofirst/gofirst/bot/chat"
)

func sendSabotages() []sabotage {
	return []sabotage{
		{check: "a message stands where it was sent", how: "no buttons", breaks: resent(func(d *chat.Delivery) { d.Message.Buttons = nil })},
		{check: "a message stands where it was sent", how: "nothing sent", breaks: func(b *broken) {
			b.send = func(call, chat.Delivery) (chat.Receipt, error) { return chat.Receipt{Message: "m"}, nil }
		}},
		{check: "a thread holds its reply", how: "no thread", breaks: resent(func(d *chat.Delivery) { d.Message.To.Thread = "" })},
		{check: "private means private", how: "saying it to all", breaks: resent(func(d *chat.Delivery) {
			d.Message.To, d.Message.Private = chat.To{Channel: "help"}, false
		})},
		{check: "private means private", how: "saying it in the channel", breaks: resent(func(d *chat.Delivery) {
			d.Message.Private = d.Message.Private && d.Message.To.Channel == ""
		})},
		{check: "nobody there is Gone or Refused", how: "success", breaks: func(b *broken) {
			b.send = func(c call, d chat.Delivery) (chat.Receipt, error) { r, _ := c.sound(c.ctx, d); return r, nil }
		}},
		{check: "nobody there is Gone or Refused", how: "asking for later", breaks: failing(func(error) chat.Kind { return chat.Later })},
		{check: "Send fails where its context is done", how: "sending", breaks: func(b *broken) {
			b.send = func(c call, d chat.Delivery) (chat.Receipt, error) { return c.sound(context.WithoutCancel(c.ctx), d) }
		}},
		{check: "Send fails where its context is done", how: "hanging", breaks: func(b *broken) {
			b.send = func(c call, d chat.Delivery) (chat.Receipt, error) { <-b.over; return c.sound(c.ctx, d) }
		}},
		{check: "a cut connection is Unsure", how: "a kind that is too sure", breaks: failing(func(error) chat.Kind { return chat.Refused })},
		{check: "a cut connection is Unsure", how: "an error without a kind", breaks: func(b *broken) {
			b.send = func(c call, d chat.Delivery) (chat.Receipt, error) {
				r, err := c.sound(c.ctx, d)
				return r, errors.Unwrap(err)
			}
		}},
		{check: "a lost reply is Unsure", how: "asking for later", breaks: failing(func(error) chat.Kind { return chat.Later })},
		{check: "a lost reply is Unsure", how: "a Finder that finds nothing", breaks: func(b *broken) { b.found = func(bool) bool { return false } }},
		{check: "the same key leaves one message", how: "keys that are thrown away", breaks: keyless},
		{check: "the same key after a lost reply leaves one message", how: "keys that are thrown away", breaks: keyless},
		{check: "every status has its kind", how: "refusing all", breaks: failing(func(error) chat.Kind { return chat.Refused })},
		{check: "every status has its kind", how: "trying again", breaks: func(b *broken) {
			b.send = func(c call, d chat.Delivery) (chat.Receipt, error) {
				if r, err := c.sound(c.ctx, d); err == nil {
					return r, nil
				}
				return c.sound(c.ctx, d)
			}
		}},
		{check: "a service that refuses the bot is Refused", how: "doubt", breaks: failing(func(error) chat.Kind { return chat.Unsure })},
		{check: "429 is Later, with its wait", how: "no wait", breaks: failing(func(error) chat.Kind { return chat.Later })},
		{check: "429 is Later, with its wait", how: "waiting", breaks: func(b *broken) {
			b.send = func(c call, d chat.Delivery) (chat.Receipt, error) { <-b.over; return c.sound(c.ctx, d) }
		}},
		{check: "no error holds a secret", how: "the address of a request", breaks: func(b *broken) {
			b.send = func(c call, d chat.Delivery) (chat.Receipt, error) {
				r, err := c.sound(c.ctx, d)
				if err != nil {
					err = &chat.Error{Op: "send", Err: fmt.Errorf("POST https://chat.example/?token=%s: %w", secret, err)}
				}
				return r, err
			}
		}},
		{check: "no error holds a secret", how: "the address of a connection", breaks: func(b *broken) {
			b.run = func(l listening) error {
				if err := l.sound(l.ctx, l.since, l.sink); err != nil {
					return &chat.Error{Op: "run", Err: fmt.Errorf("wss://%s@chat.example: %w", secret, err)}
				}
				return nil
			}
		}},
		{check: "Size never shrinks with the message", how: "counting anew", breaks: func(b *broken) { b.size = func(n int) int { return n % 100 } }},
		{check: "Size never shrinks with the message", how: "another count each time", breaks: func(b *broken) {
			var calls atomic.Int64
			b.size = func(n int) int { return n + int(calls.Add(1)) }
		}},
		{check: "the longest message is taken whole", how: "a limit that is too wide", breaks: func(b *broken) {
			b.info = func(i chat.Info) chat.Info { i.MaxSize++; return i }
		}},
		{check: "the longest message is taken whole", how: "cutting", breaks: resent(func(d *chat.Delivery) {
			d.Message.Body = []chat.Node{chat.Text(strings.TrimSuffix(words(d), "a"))}
		})},
		{check: "a longer one is Refused", how: "cutting", breaks: resent(func(d *chat.Delivery) {
			if r := []rune(words(d)); len(r) > 4000 {
				d.Message.Body = []chat.Node{chat.Text(r[:4000])}
			}
		})},
		{check: "letters of every script survive", how: "losing accents", breaks: resent(func(d *chat.Delivery) {
			d.Message.Body = []chat.Node{chat.Text(strings.ReplaceAll(words(d), "\u0308", ""))}
		})},
		{check: "words are only words", how: "markup", breaks: resent(func(d *chat.Delivery) {
			if w := words(d); strings.HasPrefix(w, "**") {
				d.Message.Body = []chat.Node{chat.Text(strings.ReplaceAll(w, "**", ""))}
			}
		})},
		{check: "words are only words", how: "a ping", breaks: resent(func(d *chat.Delivery) {
			if words(d) == "<@U1>" {
				d.Message.Body = append(d.Message.Body, chat.Mention{User: "UANA", Ping: true})
			}
		})},
		{check: "a mention pings only where it should", how: "pinging", breaks: pinging(true)},
		{check: "a mention pings only where it should", how: "never pinging", breaks: pinging(false)},
		{check: "Send and Run at once", how: "dropping in a crowd", breaks: func(b *broken) {
			var n atomic.Int64
			b.send = func(c call, d chat.Delivery) (chat.Receipt, error) {
				if n.Add(1) == 7 {
					return chat.Receipt{}, nil
				}
				return c.sound(c.ctx, d)
			}
		}},
	}
}

// resent changes every message on its way out.
func resent(change func(*chat.Delivery)) func(*broken) {
	return func(b *broken) {
		b.send = func(c call, d chat.Delivery) (chat.Receipt, error) {
			change(&d)
			return c.sound(c.ctx, d)
		}
	}
}

// failing gives every error another kind.
func failing(kind func(error) chat.Kind) func(*broken) {
	return func(b *broken) {
		b.send = func(c call, d chat.Delivery) (chat.Receipt, error) {
			r, err := c.sound(c.ctx, d)
			if err != nil {
				err = &chat.Error{Op: "send", Kind: kind(err), Err: err}
			}
			return r, err
		}
	}
}

func keyless(b *broken) { resent(func(d *chat.Delivery) { d.Key = "" })(b) }

func pinging(ping bool) func(*broken) {
	return resent(func(d *chat.Delivery) {
		for i, n := range d.Message.Body {
			if m, ok := n.(chat.Mention); ok {
				m.Ping = ping
				d.Message.Body[i] = m
			}
		}
	})
}

// words gives the text that a message begins with.
func words(d *chat.Delivery) string {
	if len(d.Message.Body) == 0 {
		return ""
	}
	t, _ := d.Message.Body[0].(chat.Text)
	return string(t)
}
