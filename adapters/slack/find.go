package slack

import (
	"context"
	"net/url"
	"regexp"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

// FindSent looks through the latest two hundred messages of the channel or thread for one of the bot's with the key in
// its metadata. What was answered on a reply handle or whispered cannot be found.
func (a *Adapter) FindSent(ctx context.Context, to chat.To, key string) (chat.Receipt, bool, error) {
	const op = "slack find"
	me, err := a.known(ctx, op)
	if err != nil {
		return chat.Receipt{}, false, err
	}
	channel := to.Channel
	if channel == "" && to.Person != "" {
		if channel, err = a.direct(ctx, op, to.Person); err != nil {
			return chat.Receipt{}, false, err
		}
	}
	if !isID(string(channel)) || key == "" {
		return chat.Receipt{}, false, nil
	}
	r, found, err := a.search(ctx, op, me, channel, to.Thread, key)
	if said(err, "missing_scope") {
		err = nil // without the right to look, it stays unknown
	}
	return r, found, err
}

// search goes through a thread from its beginning, or through the latest page of a channel.
func (a *Adapter) search(ctx context.Context, op string, me *identity, channel chat.ChannelID, root chat.MessageID, key string) (chat.Receipt, bool, error) {
	method, args := "conversations.history", url.Values{"channel": {string(channel)}, "include_all_metadata": {"true"}, "limit": {pageSize}}
	if root != "" {
		method = "conversations.replies"
		args.Set("ts", string(root))
	}
	for {
		var page messagePage
		if err := a.call(ctx, op, method, args, &page); err != nil {
			return chat.Receipt{}, false, err
		}
		for e := range page.messages(a) {
			if e.Metadata.key() == key && me.author(e).Self {
				at, _ := timeOf(string(e.TS))
				return chat.Receipt{Channel: channel, Message: e.TS, Time: at}, true, nil
			}
		}
		if root == "" || page.Metadata.NextCursor == "" {
			return chat.Receipt{}, false, nil
		}
		args.Set("cursor", page.Metadata.NextCursor)
	}
}

// direct finds the conversation with one person; empty where there is none yet.
func (a *Adapter) direct(ctx context.Context, op string, user chat.UserID) (chat.ChannelID, error) {
	if channel, ok := a.directs.get(user); ok {
		return channel, nil
	}
	err := a.listed(ctx, op, "im", func(c conversation) { a.met(c.User, c.ID) })
	channel, _ := a.directs.get(user)
	return channel, err
}

// Fetch reads one message, be it at the top level or in a thread.
func (a *Adapter) Fetch(ctx context.Context, channel chat.ChannelID, id chat.MessageID) (string, chat.Actor, error) {
	const op = "slack fetch"
	if err := standing(op, channel, id); err != nil {
		return "", chat.Actor{}, err
	}
	me, err := a.known(ctx, op)
	if err != nil {
		return "", chat.Actor{}, err
	}
	args := url.Values{
		"channel": {string(channel)}, "ts": {string(id)}, "latest": {string(id)}, "oldest": {string(id)},
		"inclusive": {"true"}, "limit": {"2"},
	}
	var page messagePage
	if err := a.call(ctx, op, "conversations.replies", args, &page); err != nil {
		return "", chat.Actor{}, err
	}
	for e := range page.messages(a) {
		if e.TS == id && e.Subtype != "tombstone" {
			text, _ := plain(e.Text, me.user)
			return text, me.author(e), nil
		}
	}
	return "", chat.Actor{}, failed(op, chat.Gone, "there is no such message")
}

var archived = regexp.MustCompile(`^/archives/([A-Za-z0-9._-]{1,100})/p([0-9]{1,12})([0-9]{6})/?$`)

// ParseLink reads https://TEAM.slack.com/archives/C123/p1700000000000100, with or without what follows a "?".
func (a *Adapter) ParseLink(link string) (chat.ChannelID, chat.MessageID, bool) {
	link, _, _ = strings.Cut(strings.Trim(strings.TrimSpace(link), "<>"), "|")
	u, err := url.Parse(link)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.User != nil {
		return "", "", false
	}
	host := strings.ToLower(u.Hostname())
	if !strings.HasSuffix(host, ".slack.com") && !strings.HasSuffix(host, ".slack-gov.com") && !a.at(u) {
		return "", "", false
	}
	parts := archived.FindStringSubmatch(u.Path)
	if parts == nil {
		return "", "", false
	}
	return chat.ChannelID(parts[1]), chat.MessageID(parts[2] + "." + parts[3]), true
}

// at says whether an address is the workspace's own, wherever that is.
func (a *Adapter) at(u *url.URL) bool {
	me := a.me.Load()
	if me == nil {
		return false
	}
	home, err := url.Parse(me.url)
	return err == nil && home.Host != "" && strings.EqualFold(home.Host, u.Host)
}
