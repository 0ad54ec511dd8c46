package export

import (
	"encoding/json"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

// mmPost is a post or a reply; only a post names its place and has replies.
type mmPost struct {
	Team        string                     `json:"team"`
	Channel     string                     `json:"channel"`
	User        string                     `json:"user"`
	Type        string                     `json:"type"`
	Message     string                     `json:"message"`
	Props       map[string]json.RawMessage `json:"props"`
	CreateAt    int64                      `json:"create_at"` // milliseconds
	EditAt      int64                      `json:"edit_at"`
	Reactions   []mmReaction               `json:"reactions"`
	Replies     []mmPost                   `json:"replies"`
	Attachments []json.RawMessage          `json:"attachments"`
}

type mmReaction struct {
	User     string `json:"user"`
	CreateAt int64  `json:"create_at"`
	Emoji    string `json:"emoji_name"`
}

// mmRecord is one event on its way through the sorting.
type mmRecord struct {
	ms      int64
	seq     int64 // its number in the file: orders what happened in one millisecond
	kind    mmKind
	program bool
	files   int
	team    string
	channel string
	user    string
	root    mmRef  // of the thread; none at the top level
	target  mmRef  // of a reaction
	text    string // of a post; the emoji of a reaction
}

// mmRef names a post: the export gives posts no identifiers.
type mmRef struct {
	ms, seq int64
	user    string
}

type mmKind uint8

const (
	mmPosted mmKind = iota
	mmSystem
	mmJoined
	mmLeft
	mmReacted
)

// mmKinds are the posts of the server that tell more than a text. Who moved stands in a property where
// somebody else did it.
var mmKinds = map[string]struct {
	kind mmKind
	who  string
}{
	"system_join_channel":        {mmJoined, ""},
	"system_guest_join_channel":  {mmJoined, ""},
	"system_add_to_channel":      {mmJoined, "addedUsername"},
	"system_add_guest_to_chan":   {mmJoined, "addedUsername"},
	"system_leave_channel":       {mmLeft, ""},
	"system_remove_from_channel": {mmLeft, "removedUsername"},
}

// mmReader turns posts into records, replies and reactions apart from what they belong to.
type mmReader struct {
	dir   *directory
	tally *tally
	seq   int64
	known map[chat.ChannelID]bool
	out   func(mmRecord) error
}

// post takes a line's post with all that hangs on it.
func (m *mmReader) post(p *mmPost) error {
	m.tally.rows.Add(int64(1 + len(p.Replies)))
	if p.Team == "" || p.Channel == "" {
		m.tally.add(noChannel, 1+len(p.Replies))
		return nil
	}
	if id := mmChannelID(p.Team, p.Channel); !m.known[id] {
		m.known[id] = true
		if _, listed := m.dir.rooms[id]; !listed {
			m.tally.add(unknownChannel, 1)
		}
	}
	root, err := m.one(p, p, mmRef{})
	if err != nil {
		return err
	}
	for i := range p.Replies {
		if _, err := m.one(p, &p.Replies[i], root); err != nil {
			return err
		}
	}
	return nil
}

// mmLatest is a millisecond of the year 5138; what lies beyond is no time.
const mmLatest = 1e14

// noRoot stands for a root that has no time and was not told.
var noRoot = mmRef{seq: -1}

// one takes a post or a reply and its reactions.
func (m *mmReader) one(at, p *mmPost, root mmRef) (mmRef, error) {
	if p.CreateAt <= 0 || p.CreateAt > mmLatest {
		m.tally.add(unreadableTime, 1)
		return noRoot, nil
	}
	r := m.record(at, p, root)
	self := mmRef{r.ms, r.seq, r.user}
	if err := m.out(r); err != nil {
		return self, err
	}
	for _, reaction := range p.Reactions {
		if reaction.CreateAt <= 0 || reaction.CreateAt > mmLatest {
			m.tally.add(timelessReactions, 1)
			continue
		}
		m.seq++
		err := m.out(mmRecord{
			ms: reaction.CreateAt, seq: m.seq, kind: mmReacted, team: at.Team, channel: at.Channel,
			user: reaction.User, program: m.dir.people[chat.UserID(reaction.User)].Bot,
			root: root, target: self, text: reaction.Emoji,
		})
		if err != nil {
			return self, err
		}
	}
	return self, nil
}

// record makes the record of the post itself.
func (m *mmReader) record(at, p *mmPost, root mmRef) mmRecord {
	m.seq++
	r := mmRecord{
		ms: p.CreateAt, seq: m.seq, team: at.Team, channel: at.Channel, user: p.User, root: root,
		files: len(p.Attachments), text: p.Message, program: m.program(p),
	}
	special, ok := mmKinds[p.Type]
	switch {
	case ok:
		r.kind = special.kind
		if who := p.prop(special.who); who != "" {
			r.user = who
		}
	case strings.HasPrefix(p.Type, "system_"):
		r.kind = mmSystem
	}
	if r.user == "" {
		r.kind = mmSystem
		m.tally.add(noAuthor, 1)
	}
	if p.EditAt > 0 {
		m.tally.add(editedText, 1)
	}
	return r
}

// program reports whether a program wrote a post. A webhook's post carries a human's name.
func (m *mmReader) program(p *mmPost) bool {
	return p.prop("from_bot") == "true" || p.prop("from_webhook") == "true" || m.dir.people[chat.UserID(p.User)].Bot
}

// prop gives a property as text; a boolean reads like the string that the server writes for it.
func (p *mmPost) prop(name string) string {
	raw := p.Props[name]
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	return string(raw)
}
