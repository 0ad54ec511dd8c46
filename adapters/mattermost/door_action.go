package mattermost

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/mattermost/mattermost/server/public/model"
)

// pressAnswer is what a press is answered with. It has no "update": that would take the buttons away.
type pressAnswer struct {
	Text string `json:"ephemeral_text,omitempty"`
	Skip bool   `json:"skip_slack_parsing"`
}

// press takes a pressed button. The server shows the person what it is answered with, and there is no other way to
// show it inside the channel; so the door waits a little for the first private answer.
func (a *Adapter) press(r *http.Request, body []byte) (any, *refusal) {
	p, ok := decodePress(body)
	if !ok {
		return nil, badBody
	}
	value, _ := p.Context[contextValue].(string)
	form, _ := p.Context[contextForm].(string)
	mac, _ := p.Context[contextMAC].(string)
	switch {
	case form != "" && a.signed(mac, "form", p.ChannelId, form):
		return a.reopen(r.Context(), p, form)
	case value == "" || !a.signed(mac, "press", p.ChannelId, value):
		return nil, unsigned
	}
	x := &reply{user: chat.UserID(p.UserId), place: a.pressPlace(p)}
	wait := x.hold()
	e := chat.ButtonPressed{
		Header: chat.Header{
			ID: chat.EventID("b" + orElse(p.TriggerId, secret())), Place: x.place, Actor: chat.Actor{User: x.user}, Time: a.now(),
		},
		Value: value, Message: chat.MessageID(p.PostId), Reply: a.replies.open(x), Trigger: p.TriggerId,
	}
	if !a.tell(p.ChannelId, item{events: func(context.Context) []chat.Event { return []chat.Event{e} }}) {
		return nil, unheard
	}
	return pressAnswer{Text: a.firstAnswer(r.Context(), x, wait), Skip: true}, nil
}

func (a *Adapter) firstAnswer(ctx context.Context, x *reply, wait <-chan string) string {
	timer := time.NewTimer(graceful)
	defer timer.Stop()
	select {
	case text := <-wait:
		return text
	case <-ctx.Done():
	case <-timer.C:
	}
	return x.release()
}

func decodePress(body []byte) (*model.PostActionIntegrationRequest, bool) {
	var p model.PostActionIntegrationRequest
	if json.Unmarshal(body, &p) != nil || !valid(p.UserId, p.ChannelId) {
		return nil, false
	}
	return &p, true
}

// pressPlace says where a button was pressed. The request does not name the thread: it is known where the message
// went by lately.
func (a *Adapter) pressPlace(p *model.PostActionIntegrationRequest) chat.Place {
	place := chat.Place{Space: chat.SpaceID(p.TeamId), Channel: chat.ChannelID(p.ChannelId), Direct: p.TeamId == "" && a.isDirect(p)}
	if note, ok := a.posts.find(p.PostId); ok {
		place.Thread = chat.MessageID(note.root)
	}
	return place
}

func (a *Adapter) isDirect(p *model.PostActionIntegrationRequest) bool {
	if p.ChannelName != "" {
		return a.withSelf(p.ChannelName)
	}
	c, ok := a.rooms.byID.find(p.ChannelId)
	return ok && c.Type == model.ChannelTypeDirect && a.withSelf(c.Name)
}
