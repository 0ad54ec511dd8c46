package export

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

// mattermost is a bulk export: one JSON object a line, version first, then teams, channels, users, posts.
// https://docs.mattermost.com/onboard/bulk-loading-data-format.html
type mattermost struct {
	dir    *directory
	file   file
	memory int // what the sorter may hold
}

// mmLine is what is read of a line. Lines of direct conversations are never decoded.
type mmLine struct {
	Type    string     `json:"type"`
	Version *int       `json:"version"`
	Team    *mmTeam    `json:"team"`
	Channel *mmChannel `json:"channel"`
	User    *mmUser    `json:"user"`
	Bot     *mmBot     `json:"bot"`
	Post    *mmPost    `json:"post"`
}

type (
	mmTeam struct {
		Name string `json:"name"`
	}
	mmChannel struct {
		Team    string `json:"team"`
		Name    string `json:"name"`
		Display string `json:"display_name"`
		Type    string `json:"type"` // "O" is open, "P" private
	}
	mmUser struct {
		Username string `json:"username"`
		Email    string `json:"email"`
		Nickname string `json:"nickname"`
		First    string `json:"first_name"`
		Last     string `json:"last_name"`
		Locale   string `json:"locale"`
		Teams    []struct {
			Name     string `json:"name"`
			Channels []struct {
				Name string `json:"name"`
			} `json:"channels"`
		} `json:"teams"`
	}
	mmBot struct {
		Username string `json:"username"`
		Display  string `json:"display_name"`
	}
)

// openMattermost gives nil where no file is a bulk export.
func openMattermost(files []file, _ string) (*Adapter, error) {
	a := &Adapter{directory: newDirectory()}
	m := &mattermost{dir: &a.directory, memory: sortMemory}
	a.record = m
	for _, f := range files {
		mine := len(files) == 1 || path.Ext(f.name) == ".jsonl"
		if !mine || m.file.open != nil || !mmVersion(f) {
			a.tally.opened[otherFile]++
			continue
		}
		m.file = f
	}
	if m.file.open == nil {
		return nil, nil
	}
	if err := m.readLists(); err != nil {
		return nil, inFile(m.file.name, err)
	}
	return a, nil
}

// mmVersion reports whether a file begins with a version line.
func mmVersion(f file) bool {
	r, err := f.open()
	if err != nil {
		return false
	}
	defer r.Close()
	line, err := (&lines{r: withoutBOM(io.LimitReader(r, reach))}).next()
	var l mmLine
	return (err == nil || err == io.EOF) && json.Unmarshal(line, &l) == nil && l.Type == "version"
}

// readLists reads all that stands before the first post.
func (m *mattermost) readLists() error {
	r, err := m.file.open()
	if err != nil {
		return err
	}
	defer r.Close()
	in := &lines{r: withoutBOM(r)}
	for {
		line, err := in.next()
		if err == io.EOF && len(bytes.TrimSpace(line)) == 0 {
			return nil
		}
		if err != nil && err != io.EOF {
			return fmt.Errorf("line %d: %w", in.number, err)
		}
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		kind := mmType(line)
		if kind == "post" || strings.HasPrefix(kind, "direct_") {
			return nil
		}
		var l mmLine
		if err := json.Unmarshal(line, &l); err != nil {
			return fmt.Errorf("line %d: %w", in.number, err)
		}
		if err := m.listed(l); err != nil {
			return fmt.Errorf("line %d: %w", in.number, err)
		}
	}
}

// listed takes one line of the lists into the directory.
func (m *mattermost) listed(l mmLine) error {
	switch {
	case l.Version != nil && *l.Version != 1:
		return fmt.Errorf("version %d of the bulk format is not known, only 1", *l.Version)
	case l.Channel != nil:
		c := l.Channel
		m.dir.addChannel(chat.ChannelInfo{
			Channel: mmChannelID(c.Team, c.Name), Space: chat.SpaceID(c.Team), Name: c.Name, Private: c.Type == "P",
		}, nil)
	case l.User != nil && l.User.Username == "" || l.Bot != nil && l.Bot.Username == "":
		return errors.New(`an account has no "username"`)
	case l.User != nil:
		m.person(l.User)
	case l.Bot != nil:
		b := l.Bot
		m.dir.addPerson(chat.Profile{User: chat.UserID(b.Username), Name: firstOf(b.Display, b.Username), Handle: b.Username, Bot: true})
	}
	return nil
}

func (m *mattermost) person(u *mmUser) {
	full := strings.TrimSpace(u.First + " " + u.Last)
	m.dir.addPerson(chat.Profile{
		User: chat.UserID(u.Username), Name: firstOf(u.Nickname, full, u.Username), Handle: u.Username, Language: u.Locale,
	}, full, u.Email)
	for _, team := range u.Teams {
		for _, c := range team.Channels {
			id := mmChannelID(team.Name, c.Name)
			m.dir.members[id] = append(m.dir.members[id], chat.UserID(u.Username))
		}
	}
}

// mmChannelID joins the two names that identify a channel: the export has no other identifier.
func mmChannelID(team, channel string) chat.ChannelID { return chat.ChannelID(team + "/" + channel) }

func (m *mattermost) service() string { return "mattermost-export" }

// size is twice the file: it is read once, and told once.
func (m *mattermost) size() int64 { return 2 * m.file.size }

// mmType gives a line's type and decodes nothing else where the type stands first, as the server writes it.
func mmType(line []byte) string {
	s := scanner{data: line}
	if !s.open('{') {
		return ""
	}
	for key, ok := s.key(true); ok; key, ok = s.key(false) {
		if string(key) == "type" {
			return string(s.text())
		}
		s.skip(0)
	}
	return ""
}
