package discordtest

import (
	"slices"
	"strconv"
	"time"
)

// The kinds of channels that this service knows.
const (
	textChannel   = 0
	directChannel = 1
	publicThread  = 11
	forumChannel  = 15
)

// epoch is where the service's identifiers begin to count: the first second of 2015, in milliseconds.
const epoch = 1420070400000

type user struct {
	id, name, display string
	bot               bool
	closed            bool // takes no direct messages
}

type role struct {
	id, name    string
	permissions uint64
}

type guild struct {
	id, name string
	channels []*channel
	members  []string
	roles    []*role
	has      map[string][]string // the roles of a member
}

type overwrite struct {
	id          string
	kind        int // 0 role, 1 member
	allow, deny uint64
}

type channel struct {
	id, guild, name, parent string
	kind                    int
	with                    string // the other person of a direct conversation
	messages                []*message
	overwrites              []overwrite
	archived                bool
}

type reference struct{ message, channel string }

type message struct {
	id, channel, author, content, nonce string
	kind, flags                         int
	edited                              time.Time
	refers                              *reference
	components                          []any
	attachments                         []map[string]any
	embeds                              []any
	mentions                            []string // who is named in it
	pings                               []string // who was notified
	only                                string   // who alone sees it
	webhook                             bool
	reactions                           map[string][]string
	invoked                             *interaction
}

// snowflake makes an identifier that is later than all before.
func (s *Server) snowflake() string {
	next := uint64(s.opts.Now().UnixMilli()-epoch) << 22
	s.flake++
	if !s.opts.SmallIdentifiers {
		s.flake = max(s.flake, next)
	}
	return strconv.FormatUint(s.flake, 10)
}

func when(id string) time.Time {
	n, _ := strconv.ParseUint(id, 10, 64)
	return time.UnixMilli(int64(n>>22) + epoch).UTC()
}

// AddGuild makes a guild that the bot is in, and gives its identifier.
func (s *Server) AddGuild(name string, botPermissions uint64) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := s.snowflake()
	g := &guild{id: id, name: name, has: map[string][]string{}, members: []string{s.Bot}}
	own := &role{id: s.snowflake(), name: "gofirst", permissions: botPermissions}
	g.roles = []*role{{id: id, name: "@everyone", permissions: permissionView | permissionSend | permissionHistory | permissionReact}, own}
	g.has[s.Bot] = []string{own.id}
	s.guilds[id] = g
	s.order = append(s.order, id)
	s.dispatch("GUILD_CREATE", id, intentGuilds, func(*session) any { return s.guildCreated(g) })
	return id
}

// AddRole makes a role and gives it to people.
func (s *Server) AddRole(guildID, name string, people ...string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := &role{id: s.snowflake(), name: name}
	g := s.guilds[guildID]
	g.roles = append(g.roles, r)
	for _, p := range people {
		g.has[p] = append(g.has[p], r.id)
	}
	return r.id
}

// AddChannel makes a text channel.
func (s *Server) AddChannel(guildID, name string) string {
	return s.addChannel(guildID, name, textChannel)
}

// AddForum makes a channel that consists of posts.
func (s *Server) AddForum(guildID, name string) string {
	return s.addChannel(guildID, name, forumChannel)
}

func (s *Server) addChannel(guildID, name string, kind int) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := &channel{id: s.snowflake(), guild: guildID, name: name, kind: kind}
	s.channels[c.id] = c
	s.guilds[guildID].channels = append(s.guilds[guildID].channels, c)
	s.dispatch("CHANNEL_CREATE", guildID, intentGuilds, func(*session) any { return s.channelJSON(c) })
	return c.id
}

// AddPerson makes an account and lets it join guilds.
func (s *Server) AddPerson(name, display string, guilds ...string) string {
	return s.addUser(user{name: name, display: display}, guilds)
}

// AddProgram makes the account of another bot.
func (s *Server) AddProgram(name string, guilds ...string) string {
	return s.addUser(user{name: name, bot: true}, guilds)
}

func (s *Server) addUser(u user, guilds []string) string {
	s.mu.Lock()
	u.id = s.snowflake()
	s.users[u.id] = &u
	s.mu.Unlock()
	for _, g := range guilds {
		s.Join(g, u.id)
	}
	return u.id
}

// Deny takes permissions from the bot in one channel.
func (s *Server) Deny(channelID string, permissions uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channels[channelID]
	c.overwrites = append(c.overwrites, overwrite{id: s.Bot, kind: 1, deny: permissions})
}

// CloseMessages lets a person take no direct messages any more.
func (s *Server) CloseMessages(person string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.users[person].closed = true
}

// allows says whether the bot may do something in a channel. Threads inherit from their parent.
func (s *Server) allows(c *channel, permission uint64) bool {
	if c.kind == directChannel {
		return true
	}
	if c.parent != "" {
		c = s.channels[c.parent]
	}
	g := s.guilds[c.guild]
	var base uint64
	for _, r := range g.roles {
		if r.id == g.id || slices.Contains(g.has[s.Bot], r.id) {
			base |= r.permissions
		}
	}
	for _, o := range c.overwrites {
		if o.kind == 1 && o.id == s.Bot || o.kind == 0 && (o.id == g.id || slices.Contains(g.has[s.Bot], o.id)) {
			base = base&^o.deny | o.allow
		}
	}
	return base&permission == permission
}

func (c *channel) message(id string) *message {
	for _, m := range c.messages {
		if m.id == id {
			return m
		}
	}
	return nil
}

func (c *channel) thread() bool { return c.kind == publicThread }
