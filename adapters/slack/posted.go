package slack

import (
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

// message makes an event of a message event, whichever its subtype: https://docs.slack.dev/reference/events/message
func (me *identity) message(e *inner) chat.Event {
	channel := chat.ChannelID(e.Channel)
	if !isID(string(channel)) {
		return nil
	}
	switch e.Subtype {
	case "message_changed":
		return me.changed(e, channel)
	case "message_deleted":
		return me.deleted(e, channel, e.DeletedTS, e.Previous)
	case "message_replied", "tombstone", "ekm_access_denied":
		return nil
	}
	if m, ok := me.posted(e, channel); ok {
		return m
	}
	return nil
}

// posted makes an event of a message as events and histories hold it.
func (me *identity) posted(e *inner, channel chat.ChannelID) (chat.MessagePosted, bool) {
	h, ok := me.header(me.place(channel, e.ChannelType), string(e.TS), "m:"+string(channel)+":"+string(e.TS))
	if !ok {
		return chat.MessagePosted{}, false
	}
	h.Place.Thread = threadOf(e)
	h.Actor = me.author(e)
	h.Cursor = cursorFor(h)
	m := chat.MessagePosted{
		Header: h, Message: e.TS, Attachments: len(e.Files),
		System:    system(e.Subtype),
		Broadcast: e.Subtype == "thread_broadcast",
	}
	m.Text, m.References = plain(e.Text, me.user)
	if h.Actor.Self {
		m.Key = e.Metadata.key()
	}
	return m, true
}

// threadOf is the thread of a reply; a root carries its own timestamp as thread_ts.
func threadOf(e *inner) chat.MessageID {
	if e.ThreadTS == e.TS {
		return ""
	}
	return e.ThreadTS
}

func (me *identity) author(e *inner) chat.Actor {
	a := me.actor(chat.UserID(e.User), e.BotID)
	if e.Subtype == "bot_message" {
		a.Bot = true
	}
	return a
}

// system tells what somebody said from what Slack itself says: joins, topics, pins, reminders and all that is newer.
func system(subtype string) bool {
	switch subtype {
	case "", "me_message", "file_share", "file_comment", "thread_broadcast", "reply_broadcast", "bot_message":
		return false
	}
	return true
}

// changed tells an edit from what merely came to hang on a message: previews, reply counts, a thread whose root
// was deleted.
func (me *identity) changed(e *inner, channel chat.ChannelID) chat.Event {
	now := e.Message
	if now == nil {
		return nil
	}
	if now.Subtype == "tombstone" {
		return me.deleted(e, channel, now.TS, e.Previous)
	}
	if now.Edited == nil || e.Previous != nil && e.Previous.Edited != nil && e.Previous.Edited.TS == now.Edited.TS {
		return nil
	}
	h, ok := me.header(me.place(channel, e.ChannelType), now.Edited.TS, "e:"+string(channel)+":"+string(now.TS)+":"+now.Edited.TS)
	if !ok {
		return nil
	}
	h.Place.Thread = threadOf(now)
	h.Actor = me.author(now)
	text, refs := plain(now.Text, me.user)
	return chat.MessageEdited{Header: h, Message: now.TS, Text: text, References: refs}
}

// deleted names no actor: Slack does not say who deleted it.
func (me *identity) deleted(e *inner, channel chat.ChannelID, id chat.MessageID, was *inner) chat.Event {
	when := orElse(e.EventTS, string(e.TS))
	h, ok := me.header(me.place(channel, e.ChannelType), when, "d:"+string(channel)+":"+string(id))
	if !ok || id == "" {
		return nil
	}
	if was != nil {
		h.Place.Thread = threadOf(was)
	}
	return chat.MessageDeleted{Header: h, Message: id}
}

// cursorFor is the message's timestamp. For direct conversations it is a second, and no message's own.
func cursorFor(h chat.Header) chat.Cursor {
	if h.Place.Direct {
		return chat.Cursor(tsOf(h.Time.Truncate(1e9)))
	}
	return chat.Cursor(tsOf(h.Time))
}

// cursorOf is the channel under which a place's cursor is kept.
func cursorOf(p chat.Place) chat.ChannelID {
	if p.Direct {
		return ""
	}
	return p.Channel
}

// isMessage says whether an identifier can be a message's.
func isMessage(id chat.MessageID) bool {
	_, ok := timeOf(string(id))
	return ok && !strings.ContainsAny(string(id), "+-")
}
