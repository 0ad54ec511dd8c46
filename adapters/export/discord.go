package export

import (
	"errors"
	"path"
	"strings"
	"sync"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// discord is what DiscordChatExporter writes: one JSON file a channel or thread, or a part of one; the
// messages of a file in the order of time. https://github.com/Tyrrrz/DiscordChatExporter
type discord struct {
	dir   *directory
	files []discordFile
	bytes int64
	scan  sync.Once
}

// discordFile is one file and what its head says.
type discordFile struct {
	file
	space   chat.SpaceID
	channel chat.ChannelID
	first   int64 // unix microseconds of its first message
}

// discordHead is what stands before the messages.
type discordHead struct {
	guild struct {
		ID string `json:"id"`
	}
	channel struct {
		ID   string `json:"id"`
		Type string `json:"type"`
		Name string `json:"name"`
	}
}

// direct reports whether the file is a conversation between people: not one of its messages is read.
func (h *discordHead) direct() bool { return strings.HasPrefix(h.channel.Type, "Direct") }

// openDiscord gives nil where no file is one of DiscordChatExporter's.
func openDiscord(files []file, _ string) (*Adapter, error) {
	a := &Adapter{directory: newDirectory()}
	d := &discord{dir: &a.directory}
	a.record = d
	a.fill = func() { d.scan.Do(d.readPeople) }
	direct := 0
	for _, f := range files {
		mine := len(files) == 1 || path.Ext(f.name) == ".json"
		if !mine {
			a.tally.opened[otherFile]++
			continue
		}
		head, first, err := readHead(f)
		switch {
		case errors.Is(err, errNotDiscord):
			a.tally.opened[otherFile]++
		case err != nil:
			return nil, inFile(f.name, err)
		case head.direct():
			direct++
		default:
			d.add(f, head, first, &a.tally)
		}
	}
	a.tally.opened[directConversation] = direct
	if len(d.files) == 0 && direct > 0 {
		return nil, errors.New("it holds only direct conversations, and those are never read")
	}
	if len(d.files) == 0 {
		return nil, nil
	}
	return a, nil
}

// add takes a file of a channel.
func (d *discord) add(f file, head discordHead, first int64, found *tally) {
	space, channel := chat.SpaceID(head.guild.ID), chat.ChannelID(head.channel.ID)
	if _, known := d.dir.rooms[channel]; !known && strings.HasSuffix(head.channel.Type, "Thread") {
		found.opened[threadChannels]++
	}
	d.dir.addChannel(chat.ChannelInfo{
		Channel: channel, Space: space, Name: head.channel.Name, Private: head.channel.Type == "GuildPrivateThread",
	}, nil)
	d.files = append(d.files, discordFile{f, space, channel, first})
	d.bytes += f.size
}

func (d *discord) service() string { return "discord-export" }

func (d *discord) size() int64 { return d.bytes }

// readHead reads a file up to its second message, which shows the order in which they stand.
func readHead(f file) (head discordHead, first int64, err error) {
	in, err := openMessages(f)
	if err != nil {
		return head, 0, err
	}
	defer in.close()
	if in.head.direct() {
		return in.head, 0, nil
	}
	var times []time.Time
	for len(times) < 2 && in.dec.More() {
		var m discordMessage
		if err := in.next(&m); err != nil {
			break // Run counts it, with its place
		}
		if at := m.time(); !at.IsZero() {
			times = append(times, at)
		}
	}
	if len(times) == 2 && times[1].Before(times[0]) {
		return in.head, 0, errors.New("the newest message stands first: export it again in the order of time")
	}
	if len(times) > 0 {
		first = times[0].UnixMicro()
	}
	return in.head, first, nil
}
