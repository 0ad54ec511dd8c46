package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"

	"github.com/gofirst/gofirst/bot/chat"
)

const opSend = "slack send"

// receipt is what Slack answers to what was posted.
type receipt struct {
	Channel chat.ChannelID `json:"channel"`
	TS      chat.MessageID `json:"ts"`
	Private chat.MessageID `json:"message_ts"`
}

// Send posts in one request; a picture takes three more before it, a conversation that has to be opened first two.
// Slack knows no idempotency keys: the delivery key goes into the message's metadata, where FindSent looks for it.
func (a *Adapter) Send(ctx context.Context, d chat.Delivery) (chat.Receipt, error) {
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	if err := ctx.Err(); err != nil {
		return chat.Receipt{}, &chat.Error{Op: opSend, Kind: chat.Later, Err: err}
	}
	m := d.Message
	if err := a.checkAddress(m); err != nil {
		return chat.Receipt{}, err
	}
	r, err := a.render(ctx, opSend, m)
	if err != nil {
		return chat.Receipt{}, err
	}
	switch {
	case m.To.Reply != "":
		return a.answer(ctx, m, r)
	case m.Private && m.To.Channel != "":
		return a.whisper(ctx, m.To.Channel, m.To.Thread, m.To.Person, r)
	case m.To.Person != "":
		return a.postTo(ctx, m.To.Person, d.Key, r)
	}
	return a.post(ctx, string(m.To.Channel), m.To.Thread, d.Key, r)
}

func (a *Adapter) checkAddress(m chat.Message) error {
	to := m.To
	me := a.me.Load()
	switch {
	case to.Space != "" && me != nil && to.Space != me.team:
		return failed(opSend, chat.Gone, "this connection has no such workspace")
	case to.Reply != "" && (to.Channel != "" || to.Person != "" || to.Thread != ""),
		to.Reply == "" && to.Channel == "" && to.Person == "":
		return failed(opSend, chat.Refused, "the message needs one address: a channel, a person or a reply")
	case to.Channel != "" && to.Person != "" && !m.Private:
		return failed(opSend, chat.Refused, "only a private message goes to one person in a channel")
	case m.Private && to.Channel != "" && to.Person == "":
		return failed(opSend, chat.Refused, "nothing is private to a whole channel")
	case to.Channel != "" && !isID(string(to.Channel)):
		return failed(opSend, chat.Gone, "there is no such channel")
	case to.Person != "" && !isID(string(to.Person)):
		return failed(opSend, chat.Gone, "there is no such person")
	case to.Thread != "" && !isMessage(to.Thread):
		return failed(opSend, chat.Gone, "there is no such thread")
	}
	return nil
}

// arguments are what every message is posted with: no text of it is searched for names or addresses.
func (r rendered) arguments() url.Values {
	return url.Values{
		"text": {r.text}, "blocks": {r.blocks}, "parse": {"none"}, "link_names": {"false"},
		"unfurl_links": {"false"}, "unfurl_media": {"false"},
	}
}

// post sends to a channel, or to a person's identifier, which Slack takes for the direct conversation.
func (a *Adapter) post(ctx context.Context, to string, thread chat.MessageID, key string, r rendered) (chat.Receipt, error) {
	args := r.arguments()
	args.Set("channel", to)
	if thread != "" {
		args.Set("thread_ts", string(thread))
	}
	if key != "" {
		args.Set("metadata", keyed(key))
	}
	var got receipt
	if err := a.call(ctx, opSend, "chat.postMessage", args, &got); err != nil {
		return chat.Receipt{}, settled(err, r)
	}
	at, ok := timeOf(string(got.TS))
	if !ok || got.Channel == "" {
		return chat.Receipt{}, failed(opSend, chat.Unsure, "Slack took the message and did not say where it stands")
	}
	return chat.Receipt{Channel: got.Channel, Message: got.TS, Time: at}, nil
}

func keyed(key string) string {
	b, _ := json.Marshal(deliveryMark{metadataType, deliveryKey{key}}) // strings alone
	return string(b)
}

// settled lets a picture that Slack has not finished with be sent again a little later.
func settled(err error, r rendered) error {
	var e *apiError
	if r.picture && errors.As(err, &e) && e.name == "invalid_blocks" && e.file {
		return &chat.Error{Op: opSend, Kind: chat.Later, Wait: pictureWait, Err: err}
	}
	return err
}

// whisper shows a message in a channel to one person alone. Slack keeps none of it.
func (a *Adapter) whisper(ctx context.Context, channel chat.ChannelID, thread chat.MessageID, user chat.UserID, r rendered) (chat.Receipt, error) {
	args := r.arguments()
	args.Set("channel", string(channel))
	args.Set("user", string(user))
	args.Del("unfurl_links")
	args.Del("unfurl_media")
	if thread != "" {
		args.Set("thread_ts", string(thread))
	}
	var got receipt
	if err := a.call(ctx, opSend, "chat.postEphemeral", args, &got); err != nil {
		return chat.Receipt{}, settled(err, r)
	}
	at, ok := timeOf(string(got.Private))
	if !ok {
		return chat.Receipt{}, failed(opSend, chat.Unsure, "Slack took the message and did not say where it stands")
	}
	return chat.Receipt{Channel: channel, Message: got.Private, Time: at}, nil
}

// answer uses a reply handle: the response_url where there is one, else a direct message.
func (a *Adapter) answer(ctx context.Context, m chat.Message, r rendered) (chat.Receipt, error) {
	to, ok := a.replies.get(m.To.Reply)
	if !ok || !to.spend() {
		return chat.Receipt{}, failed(opSend, chat.Gone, "the reply handle is spent: what it answers is over")
	}
	if to.url != "" {
		return a.respond(ctx, to, m.Private, r)
	}
	switch {
	case to.channel != "" && !m.Private:
		return a.post(ctx, string(to.channel), to.thread, "", r)
	case to.channel != "" && !to.direct:
		return a.whisper(ctx, to.channel, to.thread, to.user, r)
	}
	return a.postTo(ctx, to.user, "", r)
}

// response is what a response_url takes.
type response struct {
	Type     string          `json:"response_type"`
	Replace  bool            `json:"replace_original"`
	Delete   bool            `json:"delete_original"`
	Text     string          `json:"text"`
	Blocks   json.RawMessage `json:"blocks"`
	ThreadTS chat.MessageID  `json:"thread_ts,omitempty"`
	Links    bool            `json:"unfurl_links"`
	Media    bool            `json:"unfurl_media"`
}

// respond answers on a response_url. Slack does not tell which message it became.
func (a *Adapter) respond(ctx context.Context, to *reply, private bool, r rendered) (chat.Receipt, error) {
	said := response{Type: "in_channel", Text: r.text, Blocks: json.RawMessage(r.blocks), ThreadTS: to.thread}
	if private {
		said.Type = "ephemeral"
	}
	body, err := json.Marshal(said)
	if err != nil {
		return chat.Receipt{}, failed(opSend, chat.Refused, "the message makes no JSON")
	}
	req, err := http.NewRequest(http.MethodPost, to.url, bytes.NewReader(body))
	if err != nil {
		return chat.Receipt{}, failed(opSend, chat.Gone, "the answer's address is none")
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	got, _, err := a.do(ctx, opSend, req)
	if answered := (*httpError)(nil); errors.As(err, &answered) && answered.status == http.StatusNotFound {
		return chat.Receipt{}, failed(opSend, chat.Gone, "the answer comes too late: Slack takes five in thirty minutes")
	}
	if err != nil {
		return chat.Receipt{}, err
	}
	if err := responded(got); err != nil {
		return chat.Receipt{}, err
	}
	return chat.Receipt{Channel: to.channel, Time: a.now()}, nil
}

// responded reads what a response_url answers with a status of success: whatever does not say that it is none, is one.
func responded(body []byte) error {
	a := answer{OK: true}
	if err := json.Unmarshal(body, &a); err != nil || a.OK {
		return nil // "ok", nothing at all, or {}
	}
	return a.failure(opSend, "response_url")
}
