// Package slack connects the bot to one Slack workspace: over Socket Mode, for which nothing of it has to be
// reachable from outside, or over the HTTP Events API. It renders messages as typed rich text, in which nobody's
// words can be markup.
//
// It keeps no message: what it holds in memory are names, reply handles and open forms, all bounded and all with an
// end. It never paces, splits or repeats what is sent; the bot does that.
package slack

import (
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// Adapter speaks with one workspace as one app. Make it with New.
type Adapter struct {
	cfg     Config
	http    *http.Client
	log     *slog.Logger
	now     func() time.Time
	me      atomic.Pointer[identity]  // who the bot is, learned when it last connected
	session atomic.Pointer[session]   // the Run that is under way, in HTTP mode
	knowing sync.Mutex                // held while me is being asked for
	began   atomic.Pointer[time.Time] // when it first listened
	knocked atomic.Bool               // Slack has called at a door
	silence time.Duration             // after which a connection is taken for lost
	tally   tally
	replies *memory[chat.ReplyHandle, *reply]
	forms   *memory[string, *offer]
	states  *memory[string, string]
	people  *memory[chat.UserID, chat.Profile]
	rooms   *memory[chat.ChannelID, chat.ChannelInfo]
	links   *memory[message, string]
	files   *memory[[32]byte, string]
	directs *memory[chat.UserID, chat.ChannelID]
	kinds   *memory[chat.ChannelID, bool]   // of the conversations: with one person alone, or not
	seen    *memory[chat.EventID, struct{}] // what people did that was handed over already
}

// message names a message in the workspace.
type message struct {
	channel chat.ChannelID
	id      chat.MessageID
}

var (
	_ chat.Adapter   = (*Adapter)(nil)
	_ chat.Reactor   = (*Adapter)(nil)
	_ chat.Former    = (*Adapter)(nil)
	_ chat.Homer     = (*Adapter)(nil)
	_ chat.Editor    = (*Adapter)(nil)
	_ chat.Directory = (*Adapter)(nil)
	_ chat.Finder    = (*Adapter)(nil)
	_ chat.Fetcher   = (*Adapter)(nil)
	_ chat.Linker    = (*Adapter)(nil)
	_ chat.Doors     = (*Adapter)(nil)
	_ chat.Historian = (*Adapter)(nil)
	_ chat.Seer      = (*Adapter)(nil)
	_ chat.Tallier   = (*Adapter)(nil)
	_ chat.Examiner  = (*Adapter)(nil)
)

// How long and how much is remembered. Reply handles live as long as a response_url does.
const (
	replyLife   = 30 * time.Minute
	formLife    = 30 * time.Minute
	stateLife   = 24 * time.Hour
	nameLife    = time.Hour
	fileLife    = time.Hour
	seenLife    = time.Hour
	remembered  = 10_000
	bigPictures = 100
	openForms   = 1000
)

// New checks the configuration; it talks to nobody.
func New(cfg Config) (*Adapter, error) {
	if err := cfg.check(); err != nil {
		return nil, err
	}
	a := &Adapter{cfg: cfg, log: cfg.Log, now: cfg.Now, silence: silence}
	if a.log == nil {
		a.log = slog.New(slog.DiscardHandler)
	}
	if a.now == nil {
		a.now = time.Now
	}
	if !strings.HasSuffix(a.cfg.API, "/") {
		a.cfg.API += "/"
	}
	a.http = &http.Client{
		Transport:     cfg.HTTP,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	a.replies = remember[chat.ReplyHandle, *reply](a.now, replyLife, remembered)
	a.forms = remember[string, *offer](a.now, formLife, openForms)
	a.states = remember[string, string](a.now, stateLife, openForms)
	a.people = remember[chat.UserID, chat.Profile](a.now, nameLife, remembered)
	a.rooms = remember[chat.ChannelID, chat.ChannelInfo](a.now, nameLife, remembered)
	a.links = remember[message, string](a.now, stateLife, remembered)
	a.files = remember[[32]byte, string](a.now, fileLife, bigPictures)
	a.directs = remember[chat.UserID, chat.ChannelID](a.now, stateLife, remembered)
	a.kinds = remember[chat.ChannelID, bool](a.now, stateLife, remembered)
	a.seen = remember[chat.EventID, struct{}](a.now, seenLife, remembered)
	return a, nil
}

// Slack asks for one message a second and channel, and speaks of several hundred a minute and workspace:
// https://docs.slack.dev/apis/web-api/rate-limits
const (
	perChannel = time.Second
	inAll      = 200 * time.Millisecond
)

// Info tells numbers alone; who the bot is, Slack says only when asked.
func (a *Adapter) Info() chat.Info {
	return chat.Info{
		Service: "slack", MaxSize: maxSize, PerChannel: perChannel, InAll: inAll, Threads: true, Whispers: true, Invited: true,
	}
}

func failed(op string, k chat.Kind, why string) *chat.Error {
	return &chat.Error{Op: op, Kind: k, Err: errors.New(why)}
}
