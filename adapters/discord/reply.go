package discord

import (
	"context"
	"crypto/rand"
	"errors"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/gofirst/gofirst/bot/chat"
)

// stage is how far the answer to an interaction has got.
type stage int

const (
	unanswered stage = iota
	putOff           // the person sees that something is coming
	answered
	withdrawn // nothing came, and what said that something was coming is gone
)

// reply is one interaction that can be answered. It lives in memory, for as long as the service lets it.
type reply struct {
	id, token, user string
	room            room
	at              time.Time // when it came, by the adapter's clock
	form            bool      // it is a form that was sent, on which no other can be opened

	mu    sync.Mutex // held while an answer is on its way
	stage stage
}

func (a *Adapter) keep(r *reply) chat.ReplyHandle {
	handle := rand.Text()
	a.replies.put(handle, r)
	return chat.ReplyHandle(handle)
}

// reply finds what a handle answers, if there is still time.
func (a *Adapter) reply(op string, handle chat.ReplyHandle) (*reply, error) {
	r, ok := a.replies.get(string(handle))
	if !ok || a.cfg.Now().Sub(r.at) > a.timing.token {
		a.replies.take(string(handle))
		return nil, failed(op, chat.Gone, "the time to answer is over")
	}
	return r, nil
}

// answer answers an interaction: as its first answer, in the place of "thinking", or as one more.
func (a *Adapter) answer(ctx context.Context, handle chat.ReplyHandle, d chat.Delivery) (chat.Receipt, error) {
	r, err := a.reply("answer", handle)
	if err != nil {
		return chat.Receipt{}, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	body, files := a.outgoing(d)
	if d.Message.Private {
		body.Flags |= discordgo.MessageFlagsEphemeral
	}
	switch {
	case r.stage == unanswered:
		return a.firstAnswer(ctx, r, body, files)
	case r.stage == putOff && d.Message.Private:
		return a.replaceThinking(ctx, r, body, files)
	case r.stage == putOff:
		if err := a.withdraw(ctx, r); err != nil {
			return chat.Receipt{}, err
		}
	}
	return a.followUp(ctx, r, body, files)
}

type callback struct {
	Type discordgo.InteractionResponseType `json:"type"`
	Data any                               `json:"data,omitempty"`
}

func (a *Adapter) firstAnswer(ctx context.Context, r *reply, body outgoing, files []upload) (chat.Receipt, error) {
	var out struct {
		Resource struct {
			Message wireMessage `json:"message"`
		} `json:"resource"`
	}
	err := a.respond(ctx, r, callback{discordgo.InteractionResponseChannelMessageWithSource, body}, files, &out)
	if err != nil {
		return chat.Receipt{}, err
	}
	r.stage = answered
	sent := out.Resource.Message
	if sent.ID == "" && a.call(ctx, a.hook(r, "GET", "/messages/@original", nil, nil), &sent) != nil {
		return chat.Receipt{Channel: place(r.room, "").Channel}, nil // it stands, and which it is nobody says
	}
	return a.receipt(r.room, sent)
}

// respond makes the first answer to an interaction. Where there was one already, the next goes another way.
func (a *Adapter) respond(ctx context.Context, r *reply, c callback, files []upload, out any) error {
	path := "/interactions/" + r.id + "/" + r.token + "/callback"
	if out != nil {
		path += "?with_response=true"
	}
	err := a.call(ctx, request{op: "answer", method: "POST", path: path, body: c, files: files, unauthorised: true}, out)
	if errors.Is(err, errAnswered) {
		r.stage = answered
	}
	return err
}

func (a *Adapter) replaceThinking(ctx context.Context, r *reply, body outgoing, files []upload) (chat.Receipt, error) {
	body.Flags &^= discordgo.MessageFlagsEphemeral // it was said when the answer was put off
	var sent wireMessage
	err := a.call(ctx, a.hook(r, "PATCH", "/messages/@original", body, files), &sent)
	if err != nil {
		return chat.Receipt{}, err
	}
	r.stage = answered
	return a.receipt(r.room, sent)
}

func (a *Adapter) followUp(ctx context.Context, r *reply, body outgoing, files []upload) (chat.Receipt, error) {
	var sent wireMessage
	if err := a.call(ctx, a.hook(r, "POST", "?wait=true", body, files), &sent); err != nil {
		return chat.Receipt{}, err
	}
	return a.receipt(r.room, sent)
}

// withdraw takes back what says that an answer is coming.
func (a *Adapter) withdraw(ctx context.Context, r *reply) error {
	err := a.call(ctx, a.hook(r, "DELETE", "/messages/@original", nil, nil), nil)
	if err == nil {
		r.stage = withdrawn
	}
	return err
}

func (a *Adapter) hook(r *reply, method, path string, body any, files []upload) request {
	a.mu.Lock()
	defer a.mu.Unlock()
	return request{op: "answer", method: method, path: "/webhooks/" + a.app + "/" + r.token + path, body: body, files: files, unauthorised: true}
}

// attend sees to it that a person is not left waiting: what is not answered soon is put off, and what is never answered
// does not say for ever that an answer is coming. over is closed when the sink has returned.
func (a *Adapter) attend(ctx context.Context, r *reply, over <-chan struct{}) {
	if !pause(ctx, a.timing.putOff) {
		return
	}
	if !a.delay(ctx, r) {
		return
	}
	end := time.NewTimer(a.timing.token - a.timing.putOff)
	defer end.Stop()
	select {
	case <-over:
	case <-end.C:
	case <-ctx.Done():
		return
	}
	if !pause(ctx, a.timing.quiet) {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.stage == putOff {
		_ = a.withdraw(ctx, r) // the service lets it lapse by itself in the end
	}
}

// delay puts an answer off, and says whether it did.
func (a *Adapter) delay(ctx context.Context, r *reply) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.stage != unanswered {
		return false
	}
	private := map[string]discordgo.MessageFlags{"flags": discordgo.MessageFlagsEphemeral}
	if err := a.respond(ctx, r, callback{discordgo.InteractionResponseDeferredChannelMessageWithSource, private}, nil, nil); err != nil {
		a.cfg.Log.Warn("an interaction could not be put off", "error", err)
		return false
	}
	r.stage = putOff
	return true
}
