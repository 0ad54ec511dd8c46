package export

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// discordMessage is what is read of a message. Reactions carry no time, so only their number is read.
type discordMessage struct {
	ID          string            `json:"id"`
	Type        string            `json:"type"`
	Timestamp   string            `json:"timestamp"` // RFC 3339
	Edited      *string           `json:"timestampEdited"`
	Content     string            `json:"content"`
	Author      discordUser       `json:"author"`
	Attachments []json.RawMessage `json:"attachments"`
	Reactions   []struct {
		Count int               `json:"count"`
		Users []json.RawMessage `json:"users"`
	} `json:"reactions"`
	Mentions  []discordUser `json:"mentions"`
	Reference *struct {
		Type    string `json:"type"`
		Message string `json:"messageId"`
		Channel string `json:"channelId"`
	} `json:"reference"`
}

type discordUser struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Nickname string `json:"nickname"`
	Bot      bool   `json:"isBot"`
}

// discordPosted are the types that somebody wrote: "20" and "23" are a program's answers to commands, which
// DiscordChatExporter knows only by number.
var discordPosted = map[string]bool{"Default": true, "Reply": true, "20": true, "23": true}

// time is when it was sent; the zero time where that cannot be read.
func (m *discordMessage) time() time.Time {
	at, err := time.Parse(time.RFC3339, m.Timestamp)
	if err != nil {
		return time.Time{}
	}
	return at.UTC()
}

// number is the message's identifier as Discord counts them, in the order of time; 0 where it is none.
func (m *discordMessage) number() int64 {
	n, err := strconv.ParseInt(m.ID, 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// event makes the event of a message.
func (m *discordMessage) event(f *discordFile, at time.Time, root int64, orphan bool) chat.Event {
	head := chat.Header{
		ID:     chat.EventID(string(f.channel) + ":" + m.ID),
		Place:  chat.Place{Space: f.space, Channel: f.channel},
		Actor:  chat.Actor{User: chat.UserID(m.Author.ID), Bot: m.Author.Bot},
		Time:   at,
		Cursor: chat.Cursor(m.ID),
	}
	if root != 0 {
		head.Place.Thread = chat.MessageID(strconv.FormatInt(root, 10))
	}
	if m.Type == "GuildMemberJoin" && m.Author.ID != "" {
		head.Place.Channel, head.Cursor = "", "" // they joined the guild; the channel only tells it
		return chat.MemberJoined{Header: head}
	}
	text, refs := markdown(m.Content, m.naming)
	return chat.MessagePosted{
		Header: head, Message: chat.MessageID(m.ID), Text: text, References: refs, Attachments: len(m.Attachments),
		System: !discordPosted[m.Type] || m.Author.ID == "", OrphanThread: orphan,
	}
}

// reactions counts each person's each emoji.
func (m *discordMessage) reactions() int {
	n := 0
	for _, r := range m.Reactions {
		n += max(r.Count, len(r.Users), 0)
	}
	return n
}

// naming finds people: as "@name", which DiscordChatExporter writes, or as Discord's own "<@1>", which it
// leaves when it is told not to format. Channels and roles are found in the second form only.
func (m *discordMessage) naming(p *plainText, _ byte, rest string) int {
	switch rest[0] {
	case '@':
		return m.person(p, rest)
	case '<':
		return m.raw(p, rest)
	}
	return 0
}

// person takes the longest name of those mentioned that stands here.
func (m *discordMessage) person(p *plainText, rest string) int {
	best, who := "", ""
	for _, u := range m.Mentions {
		for _, name := range [...]string{u.Nickname, u.Name} {
			if len(name) > len(best) && strings.HasPrefix(rest[1:], name) {
				best, who = name, u.ID
			}
		}
	}
	if best == "" {
		return 0
	}
	p.refer("@"+best, chat.Reference{User: chat.UserID(who)})
	return 1 + len(best)
}

// raw takes "<@1>", "<@!1>", "<@&1>", "<#1>" and "<:smile:1>".
func (m *discordMessage) raw(p *plainText, rest string) int {
	inner, _, ok := strings.Cut(rest[1:min(len(rest), 128)], ">")
	if !ok {
		return 0
	}
	n := len(inner) + 2
	kind := strings.TrimRight(inner, "0123456789")
	id := inner[len(kind):]
	switch {
	case id == "":
		return 0
	case kind == "@" || kind == "@!":
		p.refer("@"+m.called(id), chat.Reference{User: chat.UserID(id)})
	case kind == "@&":
		p.refer("@"+id, chat.Reference{Group: chat.GroupID(id)})
	case kind == "#":
		p.refer("#"+id, chat.Reference{Channel: chat.ChannelID(id)})
	case strings.Count(kind, ":") == 2 && (kind[0] == ':' || kind[0] == 'a'):
		p.b.WriteString(kind[strings.IndexByte(kind, ':'):])
	default:
		return 0
	}
	return n
}

// called is the shown name of somebody mentioned.
func (m *discordMessage) called(id string) string {
	for _, u := range m.Mentions {
		if u.ID == id {
			return firstOf(u.Nickname, u.Name, id)
		}
	}
	return id
}
