package discord

import (
	"crypto/ed25519"
	"net/http"
	"regexp"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/time/rate"

	"github.com/gofirst/gofirst/bot/chat"
)

// Adapter is one connection to Discord. It is safe for concurrent use.
type Adapter struct {
	cfg    Config
	key    ed25519.PublicKey // nil without a door
	client *http.Client
	marks  *regexp.Regexp // of the service's markup
	escape escaper
	timing timing

	modest   atomic.Bool            // privileged intents were asked for on a guess, and are not granted
	rejected atomic.Pointer[string] // a token that the service refused; it is not asked again with this one

	rooms   *recent[string, room]        // channels and threads, by identifier
	roots   *recent[string, string]      // the root of a chain of replies, by message
	direct  *recent[string, string]      // the conversation with a person
	names   *recent[string, string]      // what people are called
	locales *recent[string, string]      // the languages that people's clients told
	replies *recent[string, *reply]      // by handle
	forms   *recent[string, waitingForm] // forms behind a button
	states  *recent[string, formState]   // what does not fit into a form's identifier

	pace   identifyPace
	gentle *rate.Limiter // of what Run and History read by themselves

	mu       sync.Mutex
	self     string
	app      string
	sight    chat.Sight
	tally    map[chat.Count]int64
	suggest  map[string][]string      // offered while one types, by "subcommand option"
	options  map[string][]chat.Option // of a subcommand, in the order of the text
	labels   map[string]string        // the action behind an entry of a menu
	speaking chat.SpaceID             // the space whose words the commands have
	live     *runner                  // while Run is under way
}

// timing holds what the service's documents say about time, and what a test cannot wait for.
type timing struct {
	request  time.Duration // for one request, where its context does not end before
	putOff   time.Duration // after which an interaction is put off
	first    time.Duration // within which a form may be the first answer
	token    time.Duration // for which an interaction can be answered
	quiet    time.Duration // after which a put-off interaction without an answer is withdrawn
	identify time.Duration // between two IDENTIFYs of one bucket
	invalid  time.Duration // at least, before a session is begun anew that the service did not let begin; at most five times that
	again    time.Duration // before a cut connection is opened again, the first time
	patience time.Duration // for which the gateway may be out of reach
	refused  time.Duration // before a refused event is offered again, the first time
}

func usual() timing {
	return timing{
		request: 30 * time.Second, putOff: 1500 * time.Millisecond, first: 2500 * time.Millisecond, token: 14*time.Minute + 30*time.Second,
		quiet: 20 * time.Second, identify: 5 * time.Second, invalid: time.Second,
		again: time.Second, patience: 2 * time.Minute, refused: 50 * time.Millisecond,
	}
}

// New makes an adapter. It asks nobody anything yet.
func New(cfg Config) (*Adapter, error) {
	cfg, key, err := cfg.checked()
	if err != nil {
		return nil, err
	}
	return &Adapter{
		cfg: cfg, key: key, timing: usual(), marks: regexp.MustCompile(pattern), escape: newEscaper(),
		client: &http.Client{Transport: cfg.HTTP, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
		rooms:  newRecent[string, room](20_000), roots: newRecent[string, string](20_000), direct: newRecent[string, string](10_000),
		names: newRecent[string, string](10_000), locales: newRecent[string, string](10_000), replies: newRecent[string, *reply](10_000),
		forms: newRecent[string, waitingForm](1_000), states: newRecent[string, formState](1_000),
		tally: map[chat.Count]int64{}, suggest: map[string][]string{}, pace: identifyPace{turns: map[int]chan time.Time{}},
		gentle: rate.NewLimiter(rate.Every(2*inAll), 25),
	}, nil
}

// What the service's documents say of messages and their pace.
const (
	maxContent = 2000
	maxButtons = 25
	rowButtons = 5
	inAll      = 20 * time.Millisecond // 50 requests a second
	// dedup is well inside the "past few minutes" for which the service remembers a nonce.
	dedup = 2 * time.Minute
)

// Info gives what the service can do.
func (a *Adapter) Info() chat.Info {
	return chat.Info{
		Service: "discord", MaxSize: maxContent, PerChannel: time.Second, InAll: inAll,
		Dedup: dedup, FanOut: true, Threads: true, Everywhere: true,
	}
}

// Sees tells what the service let the bot see when it last connected.
func (a *Adapter) Sees() chat.Sight {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.sight
}

// Tally counts what was missed and what was turned away.
func (a *Adapter) Tally() map[chat.Count]int64 {
	a.mu.Lock()
	defer a.mu.Unlock()
	out := make(map[chat.Count]int64, len(a.tally))
	for k, n := range a.tally {
		out[k] = n
	}
	return out
}

func (a *Adapter) count(c chat.Count) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.tally[c]++
}

func (a *Adapter) running() *runner {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.live
}
