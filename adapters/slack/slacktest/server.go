package slacktest

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"time"
)

// Options are how a workspace is furnished and how patient it is.
type Options struct {
	Team      string   // identifier; empty stands for "T0FIRST01"
	Scopes    []string // of the bot token; nil stands for all that the stand-in knows
	AppScopes []string // of the app token; nil stands for connections:write
	Events    []string // the app's subscriptions; nil stands for all that the scopes allow
	// Retry is how long an event waits for its acknowledgement before it is told again; 0 stands for Slack's three
	// seconds.
	Retry time.Duration
	// Payloads says that message events carry the metadata's payload and not its type alone: Slack strips it unless
	// the app's manifest declares it.
	Payloads bool
	HelloApp string // the app that connections greet with; empty stands for AppID
	Nameless bool   // auth.test does not tell the bot's own identifier
	// ByConversation says that a message to a person is taken only under the identifier of the conversation.
	ByConversation bool
	Now            func() time.Time // nil stands for time.Now
}

// Server is one workspace with one app in it. It is safe for concurrent use.
type Server struct {
	opts   Options
	http   *httptest.Server
	ctx    context.Context
	cancel context.CancelFunc
	work   sync.WaitGroup
	// The secrets of the app.
	botToken, appToken, signing string

	mu        sync.Mutex
	changed   chan struct{} // closed and made anew whenever something changes
	last      int64         // the latest timestamp, in microseconds
	serial    int
	people    map[string]*person
	channels  map[string]*channel
	groups    []*group
	tickets   map[string]bool // of apps.connections.open
	sockets   []*socket
	turn      int
	pending   map[string]*delivery
	lastEvent map[string]any
	hooks     Hooks
	lines     map[string][]*delivery // what waits for the request URLs, by channel
	triggers  map[string]*trigger
	answers   map[string]*answer // by the secret part of a response_url
	uploads   map[string]*upload
	forms     []*Form
	homes     map[string]Post
	calls     map[string]int
	faults    []fault
	anyFaults []fault
	stalled   chan struct{} // what answers to posts wait for
	lastHand  *delivery     // the latest of what somebody waits for
	limits    map[string]int
	denied    map[string]string // error by method and channel
	thanks    string            // what a response_url answers
	lose      int
	repeats   int
	silent    bool // nothing comes over the connections
	unready   int  // messages with a picture that come before Slack has done with it
}

// Identifiers that every workspace of the stand-in has.
const (
	BotUser = "U0GOFIRST"
	BotID   = "B0GOFIRST"
	AppID   = "A0GOFIRST"
)

// New starts a workspace with nobody but the bot in it. Close it.
func New(o Options) *Server {
	if o.Team == "" {
		o.Team = "T0FIRST01"
	}
	if o.Scopes == nil {
		o.Scopes = knownScopes()
	}
	if o.AppScopes == nil {
		o.AppScopes = []string{"connections:write"}
	}
	if o.Retry == 0 {
		o.Retry = 3 * time.Second
	}
	if o.HelloApp == "" {
		o.HelloApp = AppID
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &Server{
		opts: o, botToken: "xoxb-" + secret(), appToken: "xapp-1-" + secret(), signing: secret(),
		changed: make(chan struct{}), people: map[string]*person{}, channels: map[string]*channel{},
		tickets: map[string]bool{}, pending: map[string]*delivery{}, lines: map[string][]*delivery{},
		triggers: map[string]*trigger{}, answers: map[string]*answer{}, uploads: map[string]*upload{},
		homes: map[string]Post{}, calls: map[string]int{}, limits: map[string]int{}, denied: map[string]string{}, thanks: "ok",
	}
	s.people[BotUser] = &person{ID: BotUser, Handle: "gofirst", Name: "gofirst", Bot: true, botID: BotID}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	mux := http.NewServeMux()
	mux.HandleFunc("/api/{method}", s.api)
	mux.HandleFunc("/link/", s.link)
	mux.HandleFunc("/response/{secret}", s.respond)
	mux.HandleFunc("/upload/{ticket}", s.receive)
	s.http = httptest.NewServer(mux)
	return s
}

// Close ends all connections and leaves no goroutine.
func (s *Server) Close() {
	s.cancel()
	s.Drop()
	s.http.CloseClientConnections()
	s.http.Close()
	s.mu.Lock()
	for _, d := range s.pending {
		d.stop()
	}
	s.mu.Unlock()
	s.work.Wait()
}

// URL is where the workspace is.
func (s *Server) URL() string { return s.http.URL }

// API is where its Web API is.
func (s *Server) API() string { return s.http.URL + "/api/" }

// BotToken is the token of the bot user.
func (s *Server) BotToken() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.botToken
}

// AppToken is the app-level token.
func (s *Server) AppToken() string { return s.appToken }

// SigningSecret is what requests to the app are signed with.
func (s *Server) SigningSecret() string { return s.signing }

// Team is the identifier of the workspace.
func (s *Server) Team() string { return s.opts.Team }

// Calls tells how often a method of the Web API was called.
func (s *Server) Calls(method string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls[method]
}

// Await waits until done, called under no lock after every change, says so.
func (s *Server) Await(ctx context.Context, done func() bool) error {
	for {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		if done() {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// announce wakes who awaits something. The caller holds the lock.
func (s *Server) announce() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// stamp gives a timestamp that no message has yet. The caller holds the lock.
func (s *Server) stamp() string {
	s.last = max(s.last+1, s.opts.Now().UnixMicro())
	return tsOf(s.last)
}

func (s *Server) scope(any ...string) bool {
	return slices.ContainsFunc(any, func(x string) bool { return slices.Contains(s.opts.Scopes, x) })
}

func tsOf(us int64) string {
	digits := "0000000" + itoa(us)
	return strings.TrimLeft(digits[:len(digits)-6], "0") + "." + digits[len(digits)-6:]
}

func secret() string {
	b := make([]byte, 16)
	_, _ = rand.Read(b) // never fails, by its documentation
	return hex.EncodeToString(b)
}
