package local

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/gofirst/gofirst/bot/chat"
)

// order is a line that begins with a colon.
type order struct {
	name, takes, about string
	do                 func(ctx context.Context, rest string) (chat.Event, error)
}

func (k *Console) orders() []order {
	return []order{
		{"room", "#help", "go to a room; @bot is your conversation with the bot", k.goTo},
		{"thread", "N", "write in the thread of message N; without N, in the room again", k.enter},
		{"reply", "N text", "answer message N in its thread", k.answer},
		{"say", "text", "say what would otherwise be an order, such as a number", k.speak},
		{"tell", "text", "say something to the bot in private", k.tell},
		{"press", "N", "press button N; N alone does the same", k.press},
		{"react", "N emoji", "set a reaction to message N, or take it back", k.react},
		{"edit", "N text", "change your message N", k.edit},
		{"delete", "N", "remove your message N", k.remove},
		{"menu", "N action", "take an action on message N", k.menu},
		{"form", "", "see the open question of a form again; an empty line keeps what stands there", k.again},
		{"cancel", "", "leave a form", k.cancel},
		{"who", "", "see who is in the room", k.who},
		{"as", "ana", "sit as another person", k.as},
		{"skip", "1d", "let time pass: m, h, d or w", k.skip},
		{"help", "", "this list", k.help},
		{"quit", "", "go", func(context.Context, string) (chat.Event, error) { return nil, errQuit }},
	}
}

// obey finds out what a line is: an order, an answer to a form, a command, a number of a button, or words.
func (k *Console) obey(ctx context.Context, line string) (chat.Event, error) {
	if rest, ok := strings.CutPrefix(line, ":"); ok {
		return k.order(ctx, rest)
	}
	if k.filling() != nil {
		return k.fill(line)
	}
	if line == "" {
		return nil, nil
	}
	for _, sigil := range []string{"/", "@"} {
		first, rest, _ := strings.Cut(line, " ")
		if strings.EqualFold(first, sigil+k.chat.PersonName(k.chat.self)) {
			me, room, thread := k.seat()
			return event(k.chat.CommandIn(me, room, thread, rest))
		}
	}
	if strings.HasPrefix(line, "/") {
		return nil, fmt.Errorf("the only command here is /%s", k.chat.PersonName(k.chat.self))
	}
	if strings.Trim(line, "0123456789") == "" {
		return k.press(ctx, line)
	}
	return k.speak(ctx, line)
}

func (k *Console) order(ctx context.Context, line string) (chat.Event, error) {
	name, rest, _ := strings.Cut(line, " ")
	var names []string
	for _, o := range k.orders() {
		if o.name == fold(name) {
			return o.do(ctx, strings.TrimSpace(rest))
		}
		names = append(names, o.name)
	}
	return nil, fmt.Errorf("there is no :%s. Did you mean :%s? :help lists them all", plainLine(name), nearest(fold(name), names))
}

func (k *Console) help(context.Context, string) (chat.Event, error) {
	k.say("Write to speak, /" + k.chat.PersonName(k.chat.self) + " to command the bot, a number to press that button. Besides:")
	for _, o := range k.orders() {
		k.print("    " + wrap(pad(":"+o.name+" "+o.takes, 16), o.about, 16, k.opts.Width-4))
	}
	return nil, nil
}

func (k *Console) seat() (chat.UserID, chat.ChannelID, chat.MessageID) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.me, k.room, k.thread
}

// numbered takes a message's number off the front of a line.
func (k *Console) numbered(line string) (spot, string, error) {
	first, rest, _ := strings.Cut(line, " ")
	k.mu.Lock()
	defer k.mu.Unlock()
	n, err := strconv.Atoi(first)
	if err != nil || n < 1 || n > len(k.messages) {
		return spot{}, "", fmt.Errorf("which message? The numbers on the left go to %d", len(k.messages))
	}
	return k.messages[n-1], strings.TrimSpace(rest), nil
}

// skip lets time pass.
func (k *Console) skip(ctx context.Context, rest string) (chat.Event, error) {
	if k.opts.Skip == nil {
		return nil, errors.New(":skip is only for the demo: here, time passes by itself")
	}
	d, err := span(rest)
	if err != nil {
		return nil, err
	}
	return nil, k.opts.Skip(ctx, d)
}

// span reads "30m", "2h", "1d" or "2w"; days have 24 hours.
func span(s string) (time.Duration, error) {
	units := map[byte]time.Duration{'m': time.Minute, 'h': time.Hour, 'd': 24 * time.Hour, 'w': 7 * 24 * time.Hour}
	if s != "" {
		unit, ok := units[s[len(s)-1]]
		if n, err := strconv.Atoi(s[:len(s)-1]); ok && err == nil && n > 0 && n < 10_000 {
			return time.Duration(n) * unit, nil
		}
	}
	return 0, fmt.Errorf("how long? For instance :skip 30m, :skip 2h, :skip 1d, :skip 2w")
}

// nearest finds the name that takes the fewest changes to type.
func nearest(word string, names []string) string {
	best, least := "", 1<<30
	for _, name := range names {
		if d := distance(word, name); d < least {
			best, least = name, d
		}
	}
	return best
}

// distance is Levenshtein's, over letters.
func distance(a, b string) int {
	to := []rune(b)
	row := make([]int, len(to)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range []rune(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j, y := range to {
			change := diagonal
			if unicode.ToLower(x) != unicode.ToLower(y) {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(to)]
}
