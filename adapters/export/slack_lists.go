package export

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/gofirst/gofirst/bot/chat"
)

// slackUser is what is read of an entry of users.json.
type slackUser struct {
	ID       string `json:"id"`
	Team     string `json:"team_id"`
	Name     string `json:"name"`
	RealName string `json:"real_name"`
	Zone     string `json:"tz"`
	Locale   string `json:"locale"`
	Bot      bool   `json:"is_bot"`
	Profile  struct {
		RealName string `json:"real_name"`
		Display  string `json:"display_name"`
		Email    string `json:"email"`
	} `json:"profile"`
}

// slackChannel is what is read of an entry of channels.json and its like.
type slackChannel struct {
	ID      string        `json:"id"`
	Name    string        `json:"name"`
	Members []chat.UserID `json:"members"`
}

// readPeople reads users.json. The space is the team that most people in it belong to: guests bring their own.
func (s *slack) readPeople(tops []file) error {
	s.dir.addPerson(chat.Profile{User: "USLACKBOT", Name: "Slackbot", Handle: "slackbot", Bot: true})
	f, ok := top(tops, "users.json")
	if !ok {
		return nil
	}
	teams := map[string]int{}
	return eachEntry(f, func(u slackUser) error {
		if u.ID == "" {
			return errors.New(`an entry has no "id"`)
		}
		if teams[u.Team]++; u.Team != "" && teams[u.Team] > teams[string(s.space)] {
			s.space = chat.SpaceID(u.Team)
		}
		real := firstOf(u.RealName, u.Profile.RealName)
		s.dir.addPerson(chat.Profile{
			User: chat.UserID(u.ID), Name: firstOf(u.Profile.Display, real, u.Name), Handle: u.Name,
			Zone: u.Zone, Language: u.Locale, Bot: u.Bot,
		}, real, u.Profile.Display, u.Profile.Email)
		return nil
	})
}

// readLists reads the lists of channels and gives the folders of direct conversations.
func (s *slack) readLists(tops []file) (direct map[string]bool, err error) {
	direct = map[string]bool{}
	for _, list := range slackLists {
		f, ok := top(tops, list.name)
		if !ok {
			continue
		}
		err := eachEntry(f, func(c slackChannel) error {
			switch {
			case c.ID == "":
				return errors.New(`an entry has no "id"`)
			case list.direct:
				direct[c.ID], direct[firstOf(c.Name, c.ID)] = true, true
			default:
				info := chat.ChannelInfo{Channel: chat.ChannelID(c.ID), Space: s.space, Name: c.Name, Private: list.private}
				s.dir.addChannel(info, c.Members)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return direct, nil
}

// eachEntry decodes a list of objects one by one, so that a list of any length takes little memory.
func eachEntry[T any](f file, take func(T) error) error {
	if f.size > maxListFile {
		return inFile(f.name, errTooBig)
	}
	r, err := f.open()
	if err != nil {
		return inFile(f.name, err)
	}
	defer r.Close()
	dec := json.NewDecoder(withoutBOM(io.LimitReader(r, maxListFile)))
	if err := entries(dec, take); err != nil {
		return inFile(f.name, fmt.Errorf("byte %d: %w", dec.InputOffset(), err))
	}
	return nil
}

func entries[T any](dec *json.Decoder, take func(T) error) error {
	t, err := dec.Token()
	switch {
	case err != nil:
		return cutOff(err)
	case t == nil:
		return nil
	case t != json.Delim('['):
		return errors.New("no list stands here")
	}
	for dec.More() {
		var entry T
		if err := dec.Decode(&entry); err != nil {
			return cutOff(err)
		}
		if err := take(entry); err != nil {
			return err
		}
	}
	_, err = dec.Token()
	return cutOff(err)
}

// cutOff says plainly what the end of a file in the middle of a value means.
func cutOff(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("the file ends too early")
	}
	return err
}

// withoutBOM passes over a byte order mark.
func withoutBOM(r io.Reader) *bufio.Reader {
	b := bufio.NewReader(r)
	if head, _ := b.Peek(len(bom)); string(head) == string(bom) {
		b.Discard(len(bom))
	}
	return b
}

// firstOf gives the first name that says anything.
func firstOf(names ...string) string {
	for _, n := range names {
		if n != "" {
			return n
		}
	}
	return ""
}
