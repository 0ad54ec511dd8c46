package bot

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/question"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// Options are what an engine is made of. Store, Turns and Playbooks are required.
type Options struct {
	Store     *store.Store
	Turns     Turns // where turns are committed: the store itself, or a batch of it over a record
	Playbooks []*playbooks.Playbook
	Defaults  Defaults
	Roster    Roster          // who has which role; nil: those who accepted it
	Patience  question.Waiter // how long a room takes by itself; nil: question.Fixed
	Trace     func(Trace)     // sees every decision, in order; nil: nobody looks
	Log       *slog.Logger    // nil: discards
	Stewards  []Steward
	Reactions Reactions                           // what reactions mean; nil: DefaultReactions
	Groups    []Group                             // candidates for roles, asked once each
	Runs      string                              // who runs the bot, shown in rooms and by "privacy"
	Settle    func(context.Context, string) error // sets up what the configuration says of a connection; see Run
	OneZone   bool                                // everybody lives in Defaults.Zone: for rehearsals of exports without zones
	NoNotice  bool                                // no two days of notice in a new room: for tests and rehearsals
}

// Turns commits turns. *store.Store and *store.Batch are Turns.
type Turns interface {
	Turn(ctx context.Context, do func(*store.Tx) error) error
}

// Defaults hold where neither a person, nor a profile, nor a room says otherwise.
type Defaults struct {
	Zone     *time.Location
	Week     calendar.Timetable
	Language string // "en" or "fr"
	Formal   bool   // vous
}

// Steward is a person, as an administrator names them, who may change settings.
type Steward struct{ Connection, Name string }

// Group names people who may be asked whether they accept a role.
type Group struct {
	Connection, Role string
	Names            []string
}

// Engine decides and delivers for any number of connections. Take and Due may be called concurrently: turns are
// transactions, and the store orders them.
type Engine struct {
	options  Options
	store    *store.Store
	current  atomic.Pointer[shelf]
	texts    *texts
	commands map[string]*command

	dueMu      sync.Mutex // one Due at a time
	nextUpkeep time.Time
	upkeeps    alarm
	slots      alarm
	watches    alarm
	deliveries alarm
	woken      chan struct{} // something was planned: for whoever sleeps until NextDue

	mu          sync.RWMutex
	connections map[string]*Connection
	order       []string
	rooms       *rooms
	fixes       map[fixedKey]map[string]any
	timers      []*timer
	timersMade  bool

	live *live // nil unless the engine runs by the clock on the wall
}

// Connection is one adapter under the name that the configuration gives it.
type Connection struct {
	Name    string
	Adapter chat.Adapter
	info    chat.Info
	people  *profiles
	users   *users
	pace    *pace
	names   roomNames
	runBy   stewards
	past    sync.Mutex // one look back at a time
	line
	sending atomic.Bool  // its sender is at work
	forged  atomic.Int64 // presses and forms that this bot did not make, since the process began
	foreign atomic.Int64 // presses by somebody for whom they were not meant
}

// New makes an engine. It does no I/O but reading the instances that the store holds.
func New(ctx context.Context, o Options) (*Engine, error) {
	if o.Patience == nil {
		o.Patience = question.Fixed{}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Roster == nil {
		o.Roster = acceptedRoster{}
	}
	if o.Trace == nil {
		o.Trace = func(Trace) {}
	}
	if o.Reactions == nil {
		o.Reactions = DefaultReactions()
	}
	o.Defaults = o.Defaults.filled()
	texts, err := loadTexts()
	if err != nil {
		return nil, fmt.Errorf("load the engine's sentences: %w", err)
	}
	e := &Engine{
		options: o, store: o.Store, texts: texts,
		commands: commandTable(), connections: map[string]*Connection{}, rooms: newRooms(),
		fixes: map[fixedKey]map[string]any{}, woken: make(chan struct{}, 1),
	}
	e.current.Store(newShelf(o.Playbooks, nil))
	return e, nil
}

func (d Defaults) filled() Defaults {
	if d.Zone == nil {
		d.Zone = time.UTC
	}
	if d.Week.String() == "never" {
		d.Week, _ = calendar.ParseTimetable("Mon-Fri 09:00-18:00")
	}
	if d.Language == "" {
		d.Language = "en"
	}
	return d
}

// Connect makes a connection known under a name. It must happen before its events are taken.
func (e *Engine) Connect(name string, a chat.Adapter) *Connection {
	info := a.Info()
	c := &Connection{
		Name: name, Adapter: a, info: info, people: newProfiles(a), users: newUsers(), pace: newPace(info), line: newLine(),
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if _, known := e.connections[name]; !known {
		e.order = append(e.order, name)
	}
	e.connections[name] = c
	return c
}

func (e *Engine) connection(name string) (*Connection, error) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	if c := e.connections[name]; c != nil {
		return c, nil
	}
	return nil, fmt.Errorf("there is no connection %q", name)
}

// list gives the connections in the order in which they were made known.
func (e *Engine) list() []*Connection {
	e.mu.RLock()
	defer e.mu.RUnlock()
	var out []*Connection
	for _, name := range e.order {
		out = append(out, e.connections[name])
	}
	return out
}
