package slack

import (
	"context"
	"net/url"

	"github.com/gofirst/gofirst/bot/chat"
)

// postTo sends to a person: to the conversation where it is known, else to the person's identifier, and where Slack
// does not take that for a channel, to the conversation that it opens. What was refused so was certainly not sent.
func (a *Adapter) postTo(ctx context.Context, user chat.UserID, key string, r rendered) (chat.Receipt, error) {
	channel, known := a.directs.get(user)
	got, err := a.post(ctx, orElse(string(channel), string(user)), "", key, r)
	if said(err, "channel_not_found") {
		if channel, err = a.openDirect(ctx, user); err != nil {
			return chat.Receipt{}, err
		}
		known = false
		got, err = a.post(ctx, string(channel), "", key, r)
	}
	if err == nil && !known {
		a.met(user, got.Channel)
	}
	return got, err
}

// openDirect opens the conversation with a person. Nobody notices that.
func (a *Adapter) openDirect(ctx context.Context, user chat.UserID) (chat.ChannelID, error) {
	var got struct {
		Channel conversation `json:"channel"`
	}
	if err := a.call(ctx, opSend, "conversations.open", url.Values{"users": {string(user)}}, &got); err != nil {
		return "", unsent(err)
	}
	if got.Channel.ID == "" {
		return "", failed(opSend, chat.Later, "Slack opened the conversation and did not say which it is")
	}
	a.met(user, got.Channel.ID)
	return got.Channel.ID, nil
}

// met remembers the conversation with a person.
func (a *Adapter) met(user chat.UserID, channel chat.ChannelID) {
	a.directs.put(user, channel)
	a.kinds.put(channel, true)
}
