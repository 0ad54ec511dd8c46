package mattermosttest

import (
	"slices"
	"sort"
	"strconv"
	"strings"
)

// User is an account.
type User struct {
	ID, Username, FirstName, LastName, Nickname, Email, Locale, Zone string
	IsBot                                                            bool
	Keywords                                                         []string // words of which the person asked to be told
}

// Team is a team.
type Team struct {
	ID, Name string
	members  map[string]bool
}

// Channel is a channel, or a conversation where it belongs to no team.
type Channel struct {
	ID, Team, Name string
	Type           string // "O", "P", "D", "G"
	Archived       bool
	hidden         bool
	members        map[string]bool
	lastPost       int64
}

// now gives a time later than every other that was given.
func (s *Server) now() int64 {
	s.last = max(s.last+1, s.opt.Now().UnixMilli())
	return s.last
}

// id gives a new identifier: 26 letters and digits, or few.
func (s *Server) id() string {
	s.ids++
	if s.opt.ShortIDs {
		return "N" + strconv.FormatInt(s.ids, 10)
	}
	const digits = "ybndrfg8ejkmcpqxot1uwisza345h769"
	b := []byte("standinstandinstandinstand")
	for i, n := len(b)-1, s.ids*7919; n > 0; i, n = i-1, n/32 {
		b[i] = digits[n%32]
	}
	return string(b)
}

// AddTeam makes a team.
func (s *Server) AddTeam(name string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := &Team{ID: s.id(), Name: name, members: map[string]bool{}}
	s.teams = append(s.teams, t)
	return t.ID
}

// AddPerson makes an account, of a person or of another program.
func (s *Server) AddPerson(u User) string { return s.addUser(u).ID }

func (s *Server) addUser(u User) *User {
	s.mu.Lock()
	defer s.mu.Unlock()
	u.ID = s.id()
	s.users[u.ID] = &u
	return &u
}

// AddChannel makes a channel with nobody in it.
func (s *Server) AddChannel(team, name string, open bool) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := &Channel{ID: s.id(), Team: team, Name: name, Type: "P", members: map[string]bool{}}
	if open {
		c.Type = "O"
	}
	s.channels[c.ID] = c
	return c.ID
}

// AddGroup makes a group of people.
func (s *Server) AddGroup(name string, users ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.groups[name] = users
}

// Join lets somebody into a team without a word.
func (s *Server) Join(team, user string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.team(team).members[user] = true
}

// Enter lets somebody into a channel without a word.
func (s *Server) Enter(channel, user string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.channels[channel].members[user] = true
}

// Archive closes a channel.
func (s *Server) Archive(channel string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.channels[channel].Archived = true
}

// Hide refuses the bot what is said in a channel, which still stands among its own.
func (s *Server) Hide(channel string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.channels[channel].hidden = true
}

// User finds an account by its name.
func (s *Server) User(name string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if u := s.userNamed(name); u != nil {
		return u.ID
	}
	return ""
}

// Channel finds a channel of the first team by its name.
func (s *Server) Channel(name string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.channelNamed(s.teams[0].ID, name); c != nil {
		return c.ID
	}
	return ""
}

// Team finds a team by its name.
func (s *Server) Team(name string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, t := range s.teams {
		if t.Name == name {
			return t.ID
		}
	}
	return ""
}

// Self is the bot's account.
func (s *Server) Self() string { return s.self.ID }

// Requests tells how often a route was asked: "GET /api/v4/users/me".
func (s *Server) Requests(route string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.requests[route]
}

func (s *Server) team(id string) *Team {
	for _, t := range s.teams {
		if t.ID == id {
			return t
		}
	}
	return nil
}

func (s *Server) userNamed(name string) *User {
	for _, u := range s.users {
		if strings.EqualFold(u.Username, name) {
			return u
		}
	}
	return nil
}

func (s *Server) channelNamed(team, name string) *Channel {
	for _, c := range s.channels {
		if c.Team == team && c.Name == name {
			return c
		}
	}
	return nil
}

// conversation gives the direct channel of two people.
func (s *Server) conversation(a, b string) *Channel {
	pair := []string{a, b}
	sort.Strings(pair)
	name := strings.Join(pair, "__")
	if c := s.channelNamed("", name); c != nil {
		return c
	}
	c := &Channel{ID: s.id(), Name: name, Type: "D", members: map[string]bool{a: true, b: true}}
	s.channels[c.ID] = c
	return c
}

// other is whom a conversation is with, besides the bot; empty in a room.
func (s *Server) other(c *Channel) string {
	if c == nil || c.Type != "D" {
		return ""
	}
	for u := range c.members {
		if u != s.self.ID {
			return u
		}
	}
	return ""
}

// channelsOf gives the channels of a team, and the conversations, that somebody is in.
func (s *Server) channelsOf(user, team string) []*Channel {
	var found []*Channel
	for _, c := range s.channels {
		if c.members[user] && (c.Team == team || c.Team == "") {
			found = append(found, c)
		}
	}
	slices.SortFunc(found, func(a, b *Channel) int { return strings.Compare(a.ID, b.ID) })
	return found
}
