package export

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// errNotDiscord says that a file is something else, which is no mistake.
var errNotDiscord = errors.New("not from DiscordChatExporter")

// messages reads a file message by message.
type messages struct {
	head   discordHead
	dec    *json.Decoder
	budget *budget
	close  func() error
}

// openMessages reads a file's head and stands before its first message.
func openMessages(f file) (*messages, error) {
	r, err := f.open()
	if err != nil {
		return nil, err
	}
	b := &budget{r: withoutBOM(r), left: maxDayFile}
	in := &messages{dec: json.NewDecoder(b), budget: b, close: r.Close}
	if err := in.readHead(); err != nil {
		r.Close()
		return nil, err
	}
	return in, nil
}

// readHead reads the object's names up to "messages".
func (in *messages) readHead() error {
	if t, err := in.dec.Token(); err != nil || t != json.Delim('{') {
		return errNotDiscord
	}
	for first := true; in.dec.More(); first = false {
		name, err := in.dec.Token()
		if err != nil || first && name != "guild" {
			return errNotDiscord
		}
		var other json.RawMessage
		switch name {
		case "guild":
			err = in.dec.Decode(&in.head.guild)
		case "channel":
			err = in.dec.Decode(&in.head.channel)
		case "messages":
			return in.enter()
		default:
			err = in.dec.Decode(&other)
		}
		if err != nil {
			return in.place(err)
		}
	}
	return errNotDiscord
}

// enter goes into the list of messages.
func (in *messages) enter() error {
	if in.head.guild.ID == "" || in.head.channel.ID == "" {
		return errors.New(`"guild" or "channel" has no "id"`)
	}
	if t, err := in.dec.Token(); err != nil || t != json.Delim('[') {
		return in.place(errors.New(`"messages" is no list`))
	}
	return nil
}

// next reads a message. After a *json.UnmarshalTypeError the following one can still be read.
func (in *messages) next(m *discordMessage) error {
	in.budget.left = maxDayFile
	return in.dec.Decode(m)
}

func (in *messages) place(err error) error {
	return fmt.Errorf("byte %d: %w", in.dec.InputOffset(), cutOff(err))
}

// budget fails where one message is longer than any genuine one, before it fills the memory.
type budget struct {
	r    io.Reader
	left int64
}

func (b *budget) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errTooBig
	}
	n, err := b.r.Read(p)
	b.left -= int64(n)
	return n, err
}
