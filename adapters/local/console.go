package local

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// ConsoleOptions are given to NewConsole.
type ConsoleOptions struct {
	Room     chat.ChannelID // where to sit first; the first room that the person is in where empty
	Width    int            // of a line; 100 where it is 0
	Plain    bool           // without colours
	Language string         // of the weekdays: "fr", or English
	Hang     int            // see Format; under the text where it is 0
	History  int            // how many earlier posts to show at the start
	// Skip moves the chat's clock; nil where it cannot be moved.
	Skip func(context.Context, time.Duration) error
}

// Console lets one person take part in a chat from a terminal: it prints what the person may see, and
// reads lines that the person says, commands, or gives to the console itself (":help" lists those).
type Console struct {
	chat *Chat
	in   io.Reader
	opts ConsoleOptions

	mu       sync.Mutex // guards what follows; never held while the chat is called
	out      io.Writer
	me       chat.UserID
	room     chat.ChannelID
	thread   chat.MessageID
	messages []spot // as they are numbered, from 1
	buttons  []spot
	form     *filling
}

// spot is a message, or a button of it, that was printed with a number.
type spot struct {
	channel chat.ChannelID
	message chat.MessageID
	value   string
}

// errQuit ends Run without being an error to anybody.
var errQuit = errors.New("quit")

// NewConsole seats a person at a terminal.
func NewConsole(c *Chat, me chat.UserID, in io.Reader, out io.Writer, opts ConsoleOptions) *Console {
	if opts.Width == 0 {
		opts.Width = defaultWidth
	}
	k := &Console{chat: c, in: in, out: out, opts: opts, me: me, room: opts.Room}
	if k.room == "" {
		k.room = c.firstRoom(me)
	}
	return k
}

// Run reads until the input ends, ":quit", or ctx is done (then it returns ctx's error). Each event that
// a line makes is given to onEvent, if there is one, before the next line is read; its error ends Run.
// Where ctx ends first, the goroutine that reads the input stays until the pending read returns.
func (k *Console) Run(ctx context.Context, onEvent func(chat.Event) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	k.remember()
	defer k.chat.OnPost(k.see)()
	k.say(fmt.Sprintf("You are %s in %s. Write to speak; :help lists what else there is.", k.chat.PersonName(k.me), k.shown(k.room)))
	lines, failed := k.lines(ctx)
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case line, more := <-lines:
			if !more {
				return <-failed
			}
			if err := k.take(ctx, line, onEvent); errors.Is(err, errQuit) {
				return nil
			} else if err != nil {
				return err
			}
		}
	}
}

// Note prints a grey remark between the posts.
func (k *Console) Note(text string) {
	k.print("    " + FormatNote(time.Time{}, text, k.format(0)))
}

func (k *Console) lines(ctx context.Context) (<-chan string, <-chan error) {
	lines, failed := make(chan string), make(chan error, 1)
	go func() {
		defer close(lines)
		s := bufio.NewScanner(k.in)
		for s.Scan() {
			select {
			case lines <- s.Text():
			case <-ctx.Done():
				return
			}
		}
		failed <- s.Err()
	}()
	return lines, failed
}

// take does what a line asks for. What makes no sense is told to the person, not to the caller.
func (k *Console) take(ctx context.Context, line string, onEvent func(chat.Event) error) error {
	e, err := k.obey(ctx, strings.TrimSpace(line))
	if errors.Is(err, errQuit) || ctx.Err() != nil {
		return err
	}
	if err != nil {
		k.say("! " + strings.TrimPrefix(err.Error(), "local: "))
		return nil
	}
	if e == nil || onEvent == nil {
		return nil
	}
	return onEvent(e)
}

// see prints a post that the person may see, with numbers by which to answer it.
func (k *Console) see(p Post) {
	if !k.chat.visible(p, k.user()) {
		return
	}
	k.mu.Lock()
	first := len(k.buttons) + 1
	number := "    "
	if p.Kind == Said || p.Kind == Edited {
		for _, b := range p.Buttons {
			k.buttons = append(k.buttons, spot{p.Channel, p.Message, b.Value})
		}
		number = fmt.Sprintf("%3d ", k.number(spot{p.Channel, p.Message, ""}))
	}
	k.mu.Unlock()
	k.print(number + strings.ReplaceAll(FormatPost(p, k.format(first)), "\n", "\n    "))
	if p.Kind == FormOpened && p.To == k.user() {
		k.begin(p)
	}
}

// number gives a message its number, or the one that it has.
func (k *Console) number(m spot) int {
	at := slices.Index(k.messages, m)
	if at < 0 {
		at, k.messages = len(k.messages), append(k.messages, m)
	}
	return at + 1
}

// remember shows the last posts of before.
func (k *Console) remember() {
	posts := slices.DeleteFunc(slices.Clone(k.chat.Posts()), func(p Post) bool {
		return p.Kind == FormOpened || !k.chat.visible(p, k.me)
	})
	for _, p := range posts[max(0, len(posts)-k.opts.History):] {
		k.see(p)
	}
}

func (k *Console) format(first int) Format {
	return Format{Names: k.chat, Width: k.opts.Width - 4, Plain: k.opts.Plain, FirstButton: first, Hang: k.opts.Hang, Language: k.opts.Language}
}

// say tells the person something that is no part of the chat.
func (k *Console) say(text string) { k.print("    " + wrap("", text, 2, k.opts.Width-4)) }

func (k *Console) print(text string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	fmt.Fprintln(k.out, text)
}

func (k *Console) user() chat.UserID {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.me
}

func (k *Console) shown(ch chat.ChannelID) string {
	if ch == k.chat.DM(k.user()) {
		return "your conversation with the bot"
	}
	return "#" + plainLine(k.chat.ChannelName(ch))
}
