package adaptertest

import (
	"context"
	"errors"
	"net/http"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gofirst/gofirst/adapters/local"
	"github.com/gofirst/gofirst/bot/chat"
)

const secret = "xoxb-secret"

// stand is a harness over the local chat that pretends to HTTP statuses, a secret and doors, and whose
// adapter can be broken.
type stand struct {
	breaks func(*broken)
	not    map[Part]string
	bare   bool // people only speak, and nothing goes wrong
}

func (h stand) Not() map[Part]string { return h.not }

func (h stand) Open(t testing.TB) (chat.Adapter, Service) {
	c := local.New(local.Options{Now: time.Now})
	c.AddPerson(chat.Profile{User: "UANA", Handle: "ana", Name: "Ana", Zone: "Europe/Paris", Language: "fr"})
	c.AddPerson(chat.Profile{User: "UBOB", Handle: "bob"})
	c.AddPerson(chat.Profile{User: "UCI", Handle: "ci", Bot: true})
	c.AddChannel("help", "UANA", "UBOB", "UCI")
	c.AddChannel("build", "UANA")
	c.AddGroup("release", "UANA")
	b := &broken{
		Adapter: c.Connect(), Faults: &Faults{}, c: c, over: make(chan struct{}), injected: make(chan chat.Event, 10),
		acked: make(chan struct{}, 100), tally: map[chat.Count]int64{}, online: make(chan struct{}), alts: map[chat.MessageID]string{},
	}
	t.Cleanup(func() { close(b.over) })
	if h.breaks != nil {
		h.breaks(b)
	}
	s := &service{c: c, b: b, Faults: b.Faults}
	if h.bare {
		return b, struct{ Service }{s}
	}
	return b, s
}

// broken is a sound adapter whose parts can be replaced.
type broken struct {
	*local.Adapter
	*Faults
	c        *local.Chat
	over     chan struct{}   // closed at the end of the check
	injected chan chat.Event // what the local chat cannot tell
	acked    chan struct{}   // one for each deed that a person need not wait for any longer

	known, revoked atomic.Bool
	expired        atomic.Bool  // no form can be opened any longer
	late           atomic.Value // the chat.Form that a button offers
	writes         atomic.Int64 // of commands

	mu     sync.Mutex
	online chan struct{} // closed while Run is under way
	tally  map[chat.Count]int64
	alts   map[chat.MessageID]string
	log    strings.Builder

	info     func(chat.Info) chat.Info
	size     func(int) int
	run      func(listening) error
	send     func(call, chat.Delivery) (chat.Receipt, error)
	able     func(op string, sound error) error
	edit     func(*chat.Delivery)
	found    func(bool) bool
	text     func(string) string
	person   func(chat.Profile) chat.Profile
	group    func([]chat.UserID) []chat.UserID
	channel  func(chat.ChannelInfo) chat.ChannelInfo
	admitted func(*http.Request) bool
	linked   func(string) string
	told     func(chat.MessagePosted) []chat.Event // what a history makes of a message
	sees     func(chat.Sight) chat.Sight
	counts   func(chat.Count) chat.Count
	findings func([]chat.Finding) []chat.Finding
	public   bool // offers it to everybody
	mum      bool // offers no button for a form that comes late
	ackLate  bool // acknowledges when the sink has returned
	writing  bool // registers what is there already
	body     func(http.ResponseWriter, *http.Request) bool
}

// listening is one call of Run, call one of Send, with what a sound adapter would do.
type listening struct {
	ctx   context.Context
	since map[chat.ChannelID]chat.Cursor
	sink  chat.Sink
	sound func(context.Context, map[chat.ChannelID]chat.Cursor, chat.Sink) error
}

type call struct {
	ctx   context.Context
	sound func(context.Context, chat.Delivery) (chat.Receipt, error)
}

func (b *broken) Info() chat.Info {
	i := b.Adapter.Info()
	i.Whispers = true
	if b.info != nil {
		return b.info(i)
	}
	return i
}

func (b *broken) Size(m chat.Message) int {
	if b.size != nil {
		return b.size(b.Adapter.Size(m))
	}
	return b.Adapter.Size(m)
}

func (b *broken) Run(ctx context.Context, since map[chat.ChannelID]chat.Cursor, sink chat.Sink) error {
	if b.run != nil {
		return b.run(listening{ctx, since, sink, b.soundRun})
	}
	return b.soundRun(ctx, since, sink)
}

func (b *broken) Send(ctx context.Context, d chat.Delivery) (chat.Receipt, error) {
	if b.send != nil {
		return b.send(call{ctx, b.soundSend}, d)
	}
	return b.soundSend(ctx, d)
}

func (b *broken) abled(op string, sound func() error) error {
	err := b.Faults.refusal()
	if err == nil {
		err = sound()
	}
	if b.able != nil {
		return b.able(op, err)
	}
	return err
}

func (b *broken) React(ctx context.Context, in chat.ChannelID, id chat.MessageID, emoji string, present bool) error {
	return b.abled("react", func() error { return b.Adapter.React(ctx, in, id, emoji, present) })
}

func (b *broken) Edit(ctx context.Context, in chat.ChannelID, id chat.MessageID, d chat.Delivery) error {
	if b.edit != nil {
		b.edit(&d)
	}
	return b.abled("edit", func() error { return b.Adapter.Edit(ctx, in, id, d) })
}

func (b *broken) Delete(ctx context.Context, in chat.ChannelID, id chat.MessageID) error {
	return b.abled("delete", func() error { return b.Adapter.Delete(ctx, in, id) })
}

func (b *broken) Register(ctx context.Context, space chat.SpaceID, c []chat.Command, a []chat.Action) error {
	return b.abled("register", func() error {
		if !b.writing && reflect.DeepEqual(b.c.Commands(), c) && reflect.DeepEqual(b.c.Actions(), a) {
			return nil
		}
		b.writes.Add(1)
		return b.Adapter.Register(ctx, space, c, a)
	})
}

func (b *broken) OpenForm(ctx context.Context, r chat.ReplyHandle, trigger string, f chat.Form) error {
	if b.expired.Swap(false) {
		return b.offer(ctx, r, f)
	}
	return b.abled("form", func() error { return b.Adapter.OpenForm(ctx, r, trigger, f) })
}

func (b *broken) ShowHome(ctx context.Context, u chat.UserID, body []chat.Node, buttons []chat.Button) error {
	return b.abled("home", func() error { return b.Adapter.ShowHome(ctx, u, body, buttons) })
}

func (b *broken) FindSent(ctx context.Context, to chat.To, key string) (r chat.Receipt, found bool, err error) {
	err = b.abled("find sent", func() (err error) { r, found, err = b.Adapter.FindSent(ctx, to, key); return err })
	if b.found != nil {
		found = b.found(found)
	}
	return r, found, err
}

func (b *broken) Fetch(ctx context.Context, in chat.ChannelID, id chat.MessageID) (text string, author chat.Actor, err error) {
	err = b.abled("fetch", func() (err error) { text, author, err = b.Adapter.Fetch(ctx, in, id); return err })
	if b.text != nil {
		text = b.text(text)
	}
	return text, author, err
}

func (b *broken) Person(ctx context.Context, u chat.UserID) (p chat.Profile, err error) {
	err = b.abled("person", func() (err error) { p, err = b.Adapter.Person(ctx, u); return err })
	if b.person != nil {
		p = b.person(p)
	}
	return p, err
}

func (b *broken) Group(ctx context.Context, space chat.SpaceID, name string) (users []chat.UserID, err error) {
	err = b.abled("group", func() (err error) { users, err = b.Adapter.Group(ctx, space, name); return err })
	if b.group != nil {
		users = b.group(users)
	}
	return users, err
}

func (b *broken) Channel(ctx context.Context, id chat.ChannelID) (chat.ChannelInfo, error) {
	info, err := b.Adapter.Channel(ctx, id)
	if b.channel != nil {
		info = b.channel(info)
	}
	return info, err
}

var errBroken = errors.New("broken on purpose")
