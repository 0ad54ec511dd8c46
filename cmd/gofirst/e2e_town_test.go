package main

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// town is a stand-in for a service with people in it: Tom, a steward; Ana, who asks; Hal, who helps. They meet in
// #lobby, where the bot is from the beginning, and in #help.
type town interface {
	name() string                                     // of the connection
	section() string                                  // of the configuration
	named(who string) string                          // as an administrator writes somebody
	secrets() map[string]string                       // by file
	ready(ctx context.Context) error                  // until what is done from now on reaches the bot
	wait(ctx context.Context, done func() bool) error // done is asked again whenever something happens there
	invite()                                          // the bot comes into #help
	say(who, text string) (message string)            // in #help
	reply(who, message, text string)                  // in the thread of a message there
	command(who string, verb, text string)            // /gofirst in #help; people and rooms are written @hal and #help
	press(who string, on sight, label string)         // a button
	link(message string) string                       // to a message in #help
	sights() []sight                                  // what the bot said and what stands, oldest first
	formsOf(who string) int                           // how many forms were opened for somebody
}

// sight is a message of the bot as people see it.
type sight struct {
	id, channel, thread string
	to                  string // who alone sees it; empty where all in the channel do
	text                string
	buttons             []string
}

func (s sight) String() string {
	return fmt.Sprintf("to %q in %s: %s %q", s.to, s.channel, s.text, s.buttons)
}

// crowd is a town in a test: it waits for what people should see, and fails where they do not.
type crowd struct {
	*testing.T
	town
}

// soon is how long something may take that needs no more than the machine's time.
const soon = 30 * time.Second

// reached waits until the bot is there.
func (c crowd) reached() {
	c.Helper()
	ctx, stop := context.WithTimeout(c.Context(), soon)
	defer stop()
	if err := c.ready(ctx); err != nil {
		c.Fatalf("%s: the bot does not come: %v", c.name(), err)
	}
}

// sees waits until somebody ("" stands for the room) sees something new that matches, and gives it.
func (c crowd) sees(to, pattern string, before standing) sight {
	c.Helper()
	want := regexp.MustCompile(`(?s)` + pattern)
	var found sight
	ctx, stop := context.WithTimeout(c.Context(), soon)
	defer stop()
	err := c.wait(ctx, func() bool {
		for _, s := range c.since(before) {
			if s.to == to && want.MatchString(s.text) {
				found = s
				return true
			}
		}
		return false
	})
	if err != nil {
		c.Fatalf("%s: %q does not see %q; there stands %v", c.name(), to, pattern, c.sights())
	}
	return found
}

// standing is what stood there at some time, by place and identifier.
type standing map[[2]string]bool

func (c crowd) now() standing {
	out := standing{}
	for _, s := range c.sights() {
		out[[2]string{s.channel, s.id}] = true
	}
	return out
}

// since is what stands there now and did not then.
func (c crowd) since(then standing) []sight {
	return slices.DeleteFunc(c.sights(), func(s sight) bool { return then[[2]string{s.channel, s.id}] })
}

// after does something and waits for what somebody sees because of it.
func (c crowd) after(do func(), to, pattern string) sight {
	c.Helper()
	before := c.now()
	do()
	return c.sees(to, pattern, before)
}

// asks gives a command and waits for its answer: words that nobody else sees, or a form.
func (c crowd) asks(who, verb, text string) string {
	c.Helper()
	before, forms := c.now(), c.formsOf(who)
	c.command(who, verb, text)
	ctx, stop := context.WithTimeout(c.Context(), soon)
	defer stop()
	answer := ""
	err := c.wait(ctx, func() bool {
		if c.formsOf(who) > forms {
			answer = "a form"
			return true
		}
		for _, s := range c.since(before) {
			if s.to == who {
				answer = s.text
			}
		}
		return answer != ""
	})
	if err != nil {
		c.Fatalf("%s: %s is not answered /gofirst %s %s; there stands %v", c.name(), who, verb, text, c.sights())
	}
	return answer
}

// told is all that somebody alone saw since.
func (c crowd) told(who string, then standing) string {
	var out []string
	for _, s := range c.since(then) {
		if s.to == who {
			out = append(out, s.text)
		}
	}
	return strings.Join(out, "\n")
}

// Sentences with which the bot says that it did not understand.
func misunderstood(answer string) bool {
	return strings.Contains(answer, "I do not know that") || strings.Contains(answer, "not reachable") || strings.Contains(answer, "⟦")
}
