package mattermost

import (
	"context"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/mattermost/mattermost/server/public/model"
)

// command takes "/gofirst …". It is answered with nothing; what there is to say follows on the response URL.
func (a *Adapter) command(r *http.Request, body []byte) (any, *refusal) {
	form, ok := decodeCommand(r.Header.Get("Content-Type"), body)
	if !ok {
		return nil, badBody
	}
	if !a.tokens.holds(tokenOf(r, form)) {
		return nil, unsigned
	}
	user, channel, team := form.Get("user_id"), form.Get("channel_id"), form.Get("team_id")
	if !valid(user, channel) || team != "" && !valid(team) {
		return nil, badBody
	}
	if !a.works(team) {
		return nil, notForUs
	}
	x := a.commandReply(form)
	e := chat.CommandInvoked{
		Header: chat.Header{
			ID: chat.EventID("c" + orElse(form.Get("trigger_id"), secret())), Place: x.place,
			Actor: chat.Actor{User: x.user}, Time: a.now(),
		},
		Reply: a.replies.open(x), Trigger: form.Get("trigger_id"),
	}
	given := mentioned(form)
	told := a.tell(channel, item{events: func(ctx context.Context) []chat.Event {
		e.Text, e.References = a.plain(ctx, strings.TrimSpace(form.Get("text")), team, given)
		for i := range e.References {
			e.References[i].Self = string(e.References[i].User) != "" && string(e.References[i].User) == a.selfID()
		}
		return []chat.Event{e}
	}})
	if !told {
		return nil, unheard
	}
	return model.CommandResponse{ResponseType: model.CommandResponseTypeEphemeral}, nil
}

// tokenOf gives the command's token: from the form or, where that has none, from the header.
func tokenOf(r *http.Request, form url.Values) string {
	header, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Token ")
	return orElse(form.Get("token"), header)
}

// commandReply says where a command was given, and how it is answered.
func (a *Adapter) commandReply(form url.Values) *reply {
	name := form.Get("channel_name")
	return &reply{user: chat.UserID(form.Get("user_id")), url: form.Get("response_url"), place: chat.Place{
		Space: chat.SpaceID(form.Get("team_id")), Channel: chat.ChannelID(form.Get("channel_id")),
		Thread: chat.MessageID(form.Get("root_id")), Direct: strings.Contains(name, "__") && a.withSelf(name),
	}}
}

func decodeCommand(contentType string, body []byte) (url.Values, bool) {
	kind, _, err := mime.ParseMediaType(contentType)
	if err != nil || kind != "application/x-www-form-urlencoded" {
		return nil, false
	}
	form, err := url.ParseQuery(string(body))
	return form, err == nil && form.Get("command") != ""
}

// mentioned reads whom and what the server found named in a command; old servers do not say.
func mentioned(form url.Values) map[string]chat.Reference {
	given := map[string]chat.Reference{}
	pair := func(names, ids []string, add func(name, id string)) {
		if len(names) != len(ids) {
			return
		}
		for i := range names {
			if isID(ids[i]) {
				add(strings.ToLower(names[i]), ids[i])
			}
		}
	}
	pair(form["user_mentions"], form["user_mentions_ids"], func(name, id string) {
		given["@"+name] = chat.Reference{User: chat.UserID(id)}
	})
	pair(form["channel_mentions"], form["channel_mentions_ids"], func(name, id string) {
		given["~"+name] = chat.Reference{Channel: chat.ChannelID(id)}
	})
	return given
}
