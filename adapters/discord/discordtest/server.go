package discordtest

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"time"
)

// Options say what kind of service it is. The zero value is a small, healthy one.
type Options struct {
	// Token is the bot's token; "stand-in.token" where empty.
	Token string
	// WithoutContent and WithoutMembers say that the application was not granted these privileged intents.
	WithoutContent, WithoutMembers bool
	// Shards is how many the service recommends; 1 where 0.
	Shards int
	// MaxConcurrency is how many shards may identify within an IdentifyWindow; 1 where 0.
	MaxConcurrency int
	// IdentifyWindow is five seconds where 0.
	IdentifyWindow time.Duration
	// Heartbeat is the interval that clients are told; 41.25 s where 0.
	Heartbeat time.Duration
	// NonceWindow is for how long a nonce is remembered; three minutes where 0.
	NonceWindow time.Duration
	// RateLimits makes the service refuse more than five messages in five seconds to one channel.
	RateLimits bool
	// StartsLeft is what remains of the day's session starts; 1,000 where 0, none where negative.
	StartsLeft int
	// SmallIdentifiers are counted from one on, and tell no time; servers that speak the same protocol have such ones.
	SmallIdentifiers bool
	// WithoutStartLimit leaves session_start_limit out, WithoutLast the last_message_id of channels.
	WithoutStartLimit, WithoutLast bool
	// LateGuilds leaves the guilds out of READY: they are told one by one after it.
	LateGuilds bool
	// FormsInRows sends what was put into a form in action rows instead of labels.
	FormsInRows bool
	// SilentCallbacks answers the first answer to an interaction without a body, even if one is asked for.
	SilentCallbacks bool
	// Now is the service's clock; time.Now where nil.
	Now func() time.Time
}

// Server is one service with one application, whose bot has the identifier Bot.
type Server struct {
	// Bot is the account of the bot, Application the application's identifier, PublicKey what signs its interactions.
	Bot, Application, PublicKey string

	opts    Options
	http    *httptest.Server
	private ed25519.PrivateKey
	opened  chan struct{} // closed by Close

	mu         sync.Mutex
	changed    chan struct{} // closed and replaced when something has changed
	flake      uint64
	users      map[string]*user
	guilds     map[string]*guild
	order      []string // of the guilds
	channels   map[string]*channel
	nonces     map[string]nonced
	sessions   map[string]*session
	starts     map[int]time.Time // by shard modulo MaxConcurrency: when one last identified
	sends      map[string][]time.Time
	commands   []map[string]any
	registered int
	actions    map[string]*interaction // by token
	endpoint   string                  // where interactions go instead of the gateway
	faults     faults
	requests   []string
	closes     []int // the codes with which clients closed their connections
}

type nonced struct {
	m  *message
	at time.Time
}

// New starts a service without guilds and people.
func New(o Options) *Server {
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		panic(err) // the operating system has no randomness
	}
	s := &Server{
		opts: defaults(o), private: private, PublicKey: hex.EncodeToString(public), opened: make(chan struct{}),
		changed: make(chan struct{}), users: map[string]*user{}, guilds: map[string]*guild{}, channels: map[string]*channel{},
		nonces: map[string]nonced{}, sessions: map[string]*session{}, starts: map[int]time.Time{}, sends: map[string][]time.Time{},
		actions: map[string]*interaction{},
	}
	s.Application = s.snowflake()
	s.Bot = s.Application // new applications' bots share the application's identifier
	s.users[s.Bot] = &user{id: s.Bot, name: "gofirst", bot: true}
	s.http = httptest.NewServer(s.routes())
	return s
}

func defaults(o Options) Options {
	if o.Token == "" {
		o.Token = "stand-in.token"
	}
	if o.IdentifyWindow == 0 {
		o.IdentifyWindow = 5 * time.Second
	}
	if o.Heartbeat == 0 {
		o.Heartbeat = 41250 * time.Millisecond
	}
	if o.NonceWindow == 0 {
		o.NonceWindow = 3 * time.Minute
	}
	if o.StartsLeft == 0 {
		o.StartsLeft = 1000
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	o.Shards, o.MaxConcurrency = max(o.Shards, 1), max(o.MaxConcurrency, 1)
	return o
}

// URL is the base of the API, as it stands before "/v10".
func (s *Server) URL() string { return s.http.URL + "/api" }

// Token is what the bot has to present.
func (s *Server) Token() string { return s.opts.Token }

// Close cuts all connections and returns when nothing runs any more.
func (s *Server) Close() {
	close(s.opened)
	s.mu.Lock()
	for _, x := range s.sessions {
		x.cut()
	}
	s.mu.Unlock()
	s.http.CloseClientConnections()
	s.http.Close()
}

// Requests tells which requests came, as "GET /users/@me", in order.
func (s *Server) Requests() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.requests...)
}

// Changed gives a channel that is closed as soon as anything happens.
func (s *Server) Changed() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.changed
}

// change tells whoever waits that something has happened. It is called under the lock.
func (s *Server) change() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// A gateway's address has a path and a query of its own, which clients have to keep. A session is resumed elsewhere.
const (
	gatewayPath  = "/gateway/a%2Fb/"
	resumingPath = "/resuming/a%2Fb/"
	gatewayQuery = "zone=c%2Fd"
)

func (s *Server) gatewayURL() string { return s.socketURL(gatewayPath) }

func (s *Server) socketURL(path string) string {
	return "ws" + strings.TrimPrefix(s.http.URL, "http") + path + "?" + gatewayQuery
}

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/gateway/", s.gateway)
	mux.HandleFunc("/resuming/", s.gateway)
	api := http.NewServeMux()
	s.routeAbout(api)
	s.routeMessages(api)
	s.routeInteractions(api)
	mux.Handle("/api/v10/", http.StripPrefix("/api/v10", s.guarded(api)))
	return mux
}
