// Package mattermost connects the bot with a Mattermost server, from 5.37 on: it hears what is said in the channels
// that the bot was invited to, and answers there, in private, and to its slash command, buttons and dialogs.
//
// It joins no channel by itself, needs no rights of an administrator, and never reads conversations in which
// the bot takes no part.
package mattermost

import (
	"io"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/mattermost/mattermost/server/public/model"
)

// What the service promises, in numbers.
const (
	maxSize     = model.PostMessageMaxRunesV2 // characters of a post
	dedupWindow = 25 * time.Second            // the server knows a pending_post_id for 30 s
	httpTimeout = 30 * time.Second            // of one request, where the caller sets no shorter one
)

// Adapter speaks with one Mattermost server as one bot account. Besides what every adapter can do it is a Reactor,
// Commander, Former, Editor, Directory, Finder, Fetcher, Linker, Doors, Historian, Seer, Tallier and Examiner.
type Adapter struct {
	cfg     Config
	client  *model.Client4
	hooks   *http.Client // for response URLs: without the bot's token
	courier *courier
	log     *slog.Logger
	now     func() time.Time

	people  *people
	rooms   *rooms
	posts   *cache[string, postNote] // what is known of posts that went by lately
	told    *cache[chat.EventID, struct{}]
	present *cache[string, bool] // reactions and memberships, as they were last told
	replies *replies
	forms   *forms
	tokens  *tokens
	tally   *tally

	mu      sync.Mutex
	self    *model.User
	teams   []*model.Team
	live    *lanes // nil while nobody listens
	resume  resumption
	began   int64                    // when the present began, while nobody has stopped it
	reached map[chat.ChannelID]int64 // the latest cursor of each channel that was stored
}

// postNote is what later events need to know of a post.
type postNote struct{ channel, root string }

var (
	_ chat.Adapter   = (*Adapter)(nil)
	_ chat.Reactor   = (*Adapter)(nil)
	_ chat.Commander = (*Adapter)(nil)
	_ chat.Former    = (*Adapter)(nil)
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

// New checks the configuration. It talks to nobody.
func New(cfg Config) (*Adapter, error) {
	cfg, err := cfg.checked()
	if err != nil {
		return nil, err
	}
	a := &Adapter{cfg: cfg, log: cfg.Log, now: cfg.Now, tally: &tally{}, reached: map[chat.ChannelID]int64{}, tokens: &tokens{byHand: cfg.CommandToken}}
	if a.log == nil {
		a.log = slog.New(slog.NewTextHandler(io.Discard, nil))
	}
	a.courier = &courier{next: cfg.HTTP, token: cfg.Token, now: cfg.Now}
	a.client = model.NewAPIv4Client(cfg.base())
	a.client.HTTPClient = &http.Client{Transport: a.courier, Timeout: httpTimeout, CheckRedirect: stay}
	a.hooks = &http.Client{Transport: cfg.HTTP, Timeout: httpTimeout, CheckRedirect: stay}
	a.people = newPeople(a)
	a.rooms = newRooms(a)
	a.posts = newCache[string, postNote](a.now, 35*24*time.Hour, 50_000)
	a.told = newCache[chat.EventID, struct{}](a.now, 24*time.Hour, 20_000)
	a.present = newCache[string, bool](a.now, 24*time.Hour, 20_000)
	a.replies = newReplies(a.now)
	a.forms = newForms(a.now)
	return a, nil
}

// stay follows no redirection: a post that was sent elsewhere by a proxy is no post.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// Info tells that each connection hears everything, and for how long the server knows a key. Whispers is false,
// because only system administrators can show a message to one person inside a channel.
func (a *Adapter) Info() chat.Info {
	info := chat.Info{
		Service: "mattermost", MaxSize: maxSize, PerChannel: 200 * time.Millisecond, InAll: 100 * time.Millisecond,
		Dedup: dedupWindow, FanOut: true, Threads: true, Invited: true,
		NoButtons: a.cfg.Hooks == "",
	}
	if a.cfg.Hooks == "" {
		info.Mention, info.Plain = "@"+commandWord, true
	}
	return info
}

// Sees tells that all is seen that happens in the bot's channels, once a server has let the bot in.
func (a *Adapter) Sees() chat.Sight {
	known := a.selfID() != ""
	return chat.Sight{Known: known, Messages: known, Reactions: known, Members: known}
}

// selfID is the bot's own account, empty before the first connection.
func (a *Adapter) selfID() string {
	if me := a.me(); me != nil {
		return me.Id
	}
	return ""
}

func (a *Adapter) me() *model.User {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.self
}

func (a *Adapter) ownTeams() []*model.Team {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.teams
}
