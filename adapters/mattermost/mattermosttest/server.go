package mattermosttest

import (
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"time"
)

// Options say how a server is. The zero value is a recent one.
type Options struct {
	// Old servers continue no connection, let a trigger live 3 seconds, and say less in some events.
	Old bool
	// SubPath is where the server lives, "/chat"; empty for the root.
	SubPath string
	// Token is the bot's; empty means "bot-token-of-the-stand-in".
	Token string
	// NoCommands forbids the bot to create slash commands.
	NoCommands bool
	// Groups lets the bot see groups, as a license does.
	Groups bool
	// ShortIDs gives all things identifiers that are not Mattermost's: servers that speak its language may.
	ShortIDs bool
	// Now tells the time; nil means time.Now. No two posts ever have the same time.
	Now func() time.Time
}

// Server is a stand-in. Its methods may be called concurrently.
type Server struct {
	opt  Options
	http *httptest.Server
	out  *http.Client // calls the bot's doors

	mu            sync.Mutex
	last          int64 // the latest time that was given to anything
	ids           int64
	self          *User
	users         map[string]*User
	teams         []*Team
	channels      map[string]*Channel
	posts         map[string]*Post
	order         []string // of posts
	pending       map[string]pendingPost
	commands      map[string]*Command
	hooks         map[string]*responseHook
	triggers      map[string]trigger
	dialogs       []Dialog
	groups        map[string][]string
	files         map[string]File
	config        map[string]string
	registrations int
	requests      map[string]int // how often each route was asked

	sessions  map[string]*session
	connected chan struct{} // closed when the bot gets connected
	latest    *event

	faults faults
	closed bool
	calls  sync.WaitGroup
}

type pendingPost struct {
	id    string
	until int64
}

type trigger struct {
	channel, team string
	user          string
	until         int64
}

// New starts a server with a team "crew", a channel "help", the person "ana", the program "ci", and the bot, all
// of them members.
func New(opt Options) *Server {
	if opt.Token == "" {
		opt.Token = "bot-token-of-the-stand-in"
	}
	if opt.Now == nil {
		opt.Now = time.Now
	}
	s := &Server{
		opt: opt, users: map[string]*User{}, channels: map[string]*Channel{}, posts: map[string]*Post{},
		pending: map[string]pendingPost{}, commands: map[string]*Command{}, hooks: map[string]*responseHook{},
		triggers: map[string]trigger{}, groups: map[string][]string{}, files: map[string]File{}, requests: map[string]int{},
		config:   map[string]string{"MaxPostSize": "16383", "EnableCommands": "true", "EnableBotAccountCreation": "true"},
		sessions: map[string]*session{}, connected: make(chan struct{}),
	}
	s.out = &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{}}
	s.furnish()
	s.http = httptest.NewUnstartedServer(http.StripPrefix(opt.SubPath, s.routes()))
	s.http.Config.ConnState = func(net.Conn, http.ConnState) {}
	s.http.Start()
	return s
}

func (s *Server) furnish() {
	team := s.AddTeam("crew")
	s.self = s.addUser(User{Username: "gofirst", IsBot: true})
	s.Join(team, s.self.ID)
	ana := s.AddPerson(User{Username: "ana", FirstName: "Ana", LastName: "Berg", Email: "ana@example.org", Locale: "fr", Zone: "Europe/Paris"})
	ci := s.AddPerson(User{Username: "ci", IsBot: true})
	help := s.AddChannel(team, "help", true)
	for _, u := range []string{ana, ci} {
		s.Join(team, u)
	}
	for _, u := range []string{s.self.ID, ana, ci} {
		s.Enter(help, u)
	}
}

// URL is where the server is, with its sub-path.
func (s *Server) URL() string { return s.http.URL + s.opt.SubPath }

// Token is the bot's token.
func (s *Server) Token() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.opt.Token
}

// SetToken replaces the bot's token, as an administrator does.
func (s *Server) SetToken(token string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.opt.Token = token
}

// Close ends all connections and waits until nothing runs any more.
func (s *Server) Close() {
	s.mu.Lock()
	s.closed = true
	for _, x := range s.sessions {
		x.cut()
	}
	s.mu.Unlock()
	s.calls.Wait()
	s.out.CloseIdleConnections()
	s.http.CloseClientConnections()
	s.http.Close()
}

// Restart loses what a server has only in memory: sessions, the keys of posts, triggers.
func (s *Server) Restart() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, x := range s.sessions {
		x.cut()
	}
	s.sessions = map[string]*session{}
	s.pending = map[string]pendingPost{}
	s.awaitConnection()
}
