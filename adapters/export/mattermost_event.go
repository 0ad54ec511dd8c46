package export

import (
	"context"
	"strconv"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

// mmTeller makes events of sorted records.
type mmTeller struct {
	dir   *directory
	out   *stream
	since map[chat.ChannelID]mmRef
	same  []mmRecord    // the posts of the current millisecond
	twice map[int64]int // for the few posts that share millisecond, channel and author: their number there
	names map[string]string
}

// intern gives the one string for a name. The record's own would keep its words in memory.
func (t *mmTeller) intern(name string) string {
	if known, ok := t.names[name]; ok {
		return known
	}
	name = strings.Clone(name)
	t.names[name] = name
	return name
}

// tell hands on one record.
func (t *mmTeller) tell(ctx context.Context, r mmRecord) error {
	r.team, r.user = t.intern(r.team), t.intern(r.user)
	if r.kind != mmReacted && t.again(r) {
		t.out.tally.add(duplicate, 1)
		return nil
	}
	channel := mmChannelID(r.team, r.channel)
	if at, ok := t.since[channel]; ok && (r.ms < at.ms || r.ms == at.ms && r.seq <= at.seq) {
		t.out.tally.add(beforeCursor, 1)
		return nil
	}
	return t.out.emit(ctx, r.ms*1000, t.event(r, channel))
}

// again reports whether the same post was just told, and numbers one that only looks the same from outside.
func (t *mmTeller) again(r mmRecord) bool {
	if len(t.same) > 0 && t.same[0].ms != r.ms {
		t.same = t.same[:0]
	}
	number := 1
	for i := range t.same {
		if o := &t.same[i]; o.team == r.team && o.channel == r.channel && o.user == r.user {
			if o.text == r.text && o.kind == r.kind && o.root.ms == r.root.ms && o.root.user == r.root.user {
				return true
			}
			number++
		}
	}
	if number > 1 {
		t.twice[r.seq] = number
	}
	t.same = append(t.same, r)
	return false
}

// event makes the event of a record.
func (t *mmTeller) event(r mmRecord, channel chat.ChannelID) chat.Event {
	self := t.id(mmRef{r.ms, r.seq, r.user})
	head := chat.Header{
		ID:     chat.EventID(string(channel) + ":" + string(self)),
		Place:  chat.Place{Space: chat.SpaceID(r.team), Channel: channel, Thread: t.id(r.root)},
		Actor:  chat.Actor{User: chat.UserID(r.user), Bot: r.program},
		Time:   moment(r.ms * 1000),
		Cursor: chat.Cursor(strconv.FormatInt(r.ms, 10) + "." + strconv.FormatInt(r.seq, 10)),
	}
	switch r.kind {
	case mmJoined:
		return chat.MemberJoined{Header: head}
	case mmLeft:
		return chat.MemberLeft{Header: head}
	case mmReacted:
		target := t.id(r.target)
		head.ID = chat.EventID(string(channel) + ":" + string(target) + ":" + r.text + ":" + string(self))
		return chat.Reaction{Header: head, Message: target, Emoji: r.text, Present: true}
	}
	orphan := r.root.seq < 0 || r.root.ms > r.ms
	if orphan {
		t.out.tally.add(orphanReplies, 1)
	}
	text, refs := markdown(r.text, t.naming(r.team))
	return chat.MessagePosted{
		Header: head, Message: self, Text: text, References: refs, Attachments: r.files, System: r.kind == mmSystem,
		OrphanThread: orphan,
	}
}

// id names a post by its millisecond and author, with a number where they wrote twice in it.
func (t *mmTeller) id(r mmRef) chat.MessageID {
	if r.ms == 0 {
		return ""
	}
	id := strconv.FormatInt(r.ms, 10) + "-" + r.user
	if n := t.twice[r.seq]; n > 1 {
		id += "-" + strconv.Itoa(n)
	}
	return chat.MessageID(id)
}
