package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// fakeClock is a clock that stands until somebody moves it.
type fakeClock struct {
	mu sync.Mutex
	at time.Time
}

func (c *fakeClock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(time.Millisecond) // so that what is said has an order
	return c.at
}

func (c *fakeClock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// process is serve, as main runs it, with a clock of the test's own.
type process struct {
	dir   string
	clock *fakeClock
	log   *lockedBuffer
	stop  context.CancelFunc
	over  chan error
	*server
}

// lockedBuffer is a log.
type lockedBuffer struct {
	mu      sync.Mutex
	b       bytes.Buffer
	written chan struct{} // closed with the next line
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.written != nil {
		close(l.written)
	}
	l.written = make(chan struct{})
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// begin reads the configuration and serves, until end.
func (p *process) begin(t *testing.T) {
	t.Helper()
	cfg, err := readConfig(filepath.Join(p.dir, "gofirst.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	s, err := openServer(ctx, cfg, &stdio{err: p.log, clock: p.clock.now})
	if err != nil {
		stop()
		t.Fatal(err)
	}
	p.server, p.stop, p.over = s, stop, make(chan error, 1)
	go func() {
		err := s.run(ctx)
		p.over <- errors.Join(err, s.close())
	}()
}

// end asks serve to end, and waits for it.
func (p *process) end(t *testing.T) {
	t.Helper()
	p.stop()
	select {
	case err := <-p.over:
		if err != nil {
			t.Error("serve ended with", err)
		}
	case <-time.After(soon):
		t.Fatal("serve does not end")
	}
}

// townFiles are the files of a configuration for several towns, by name.
func townFiles(towns ...town) map[string]string {
	files := map[string]string{}
	var b strings.Builder
	var stewards, helpers []string
	for _, c := range towns {
		stewards, helpers = append(stewards, strconv.Quote(c.named("tom"))), append(helpers, strconv.Quote(c.named("hal")))
		b.WriteString(c.section())
		for file, secret := range c.secrets() {
			files[file] = secret
		}
	}
	fmt.Fprintf(&b, "stewards: [%s]\ngroups: {helper: [%s]}\nruns: Tom, tom@example.org\n", strings.Join(stewards, ", "), strings.Join(helpers, ", "))
	files["gofirst.yaml"] = b.String()
	files["gofirst.key"] = "gofirst-key-1:" + strings.Repeat("5a", 32) + "\n"
	return files
}

func furnishTowns(t *testing.T, dir string, towns ...town) {
	t.Helper()
	for name, text := range townFiles(towns...) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// brokenTown is Slack once more, with tokens that it does not know.
type brokenTown struct{ slackTown }

func (b brokenTown) section() string {
	return "  - {name: broken, app_token_file: broken.app, bot_token_file: broken.bot, api: " + b.API() + "}\n"
}

func (b brokenTown) secrets() map[string]string {
	return map[string]string{"broken.app": "xapp-1-wrong", "broken.bot": "xoxb-wrong"}
}

// A whole acquaintance, on every service at once: invited, turned on, a question rescued over a restart, thanks.
func TestAcquaintance(t *testing.T) {
	t.Parallel()
	clock := &fakeClock{at: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)} // a Monday
	p := &process{dir: t.TempDir(), clock: clock, log: &lockedBuffer{}}
	address, err := freeAddress()
	if err != nil {
		t.Fatal(err)
	}
	slack, discord, mattermost := newSlackTown(clock.now, nil), newDiscordTown(clock.now, false), newMattermostTown(clock.now, address)
	for _, end := range []func(){slack.Close, discord.Close, mattermost.Close} {
		t.Cleanup(end)
	}
	towns := []crowd{{t, slack}, {t, discord}, {t, mattermost}}
	furnishTowns(t, p.dir, slack, brokenTown{slack}, discord, mattermost)
	t.Cleanup(func() {
		if t.Failed() {
			t.Log(p.log)
		}
	})
	p.begin(t)
	acquaintance(p, towns)
	for _, c := range towns {
		everyCommand(c)
	}
	p.mend(t, slack.secrets())
	p.end(t)
	if logged := p.log.String(); strings.Contains(logged, "xoxb-") || strings.Contains(logged, "xapp-") || strings.Contains(logged, "rotate") {
		t.Error("the log holds a secret, or what a person wrote")
	}
}

func acquaintance(p *process, towns []crowd) {
	question := map[string]string{}
	rescue := map[string]sight{}
	for _, c := range towns {
		c.reached()
		card := c.sees("hal", "thought of you as somebody who likes to be asked", nil)
		c.after(func() { c.press("hal", card, "Yes") }, "hal", "Thank you. It begins with the next occasion")
		before := c.now()
		c.invite()
		offer := c.after(func() { c.command("tom", "playbook", "enable restitution in #help") }, "tom", "nothing is on yet.*The last 14 days")
		c.after(func() { c.press("tom", offer, "Turn it on") }, "tom", "restitution.* is on in #help")
		for _, book := range []string{"question-rescue", "share-first", "celebrate-first"} {
			if answer := c.asks("tom", "playbook", "enable "+book+" in #help now"); !strings.Contains(answer, book+" is on in #help") {
				c.Errorf("%s: enable %s: %s", c.name(), book, answer)
			}
		}
		c.sees("", "I am a bot; Tom, tom@example.org runs me", before)
		if answer := c.asks("ana", "playbook", "enable restitution in #help"); !strings.Contains(answer, "That is for stewards") {
			c.Errorf("%s: somebody who is no steward turns a playbook on: %s", c.name(), answer)
		}
	}
	p.clock.move(8*24*time.Hour + time.Hour) // the notice is over, and Hal may be written to again: Tuesday, 10:00
	for _, c := range towns {
		question[c.name()] = c.say("ana", "How do I rotate the signing key?")
		c.wait(c.Context(), func() bool { return strings.Contains(c.asks("ana", "questions", "here"), "open") })
	}
	p.clock.move(4 * time.Hour)
	for _, c := range towns {
		asked := c.sees("ana", "Your question in #help seems still open", nil)
		rescue[c.name()] = c.after(func() { c.press("ana", asked, "Yes") }, "hal", "question in #help seems still open")
	}
	p.end(towns[0].T)
	p.begin(towns[0].T)
	for _, c := range towns {
		c.reached()
		c.after(func() { c.press("hal", rescue[c.name()], "I take it") }, "hal", "It is yours")
		c.reply("hal", question[c.name()], "Run the rotate command twice.")
		if answer := c.asks("ana", "thanks", "@hal for the rotate command"); !strings.Contains(answer, "I pass it on to") {
			c.Errorf("%s: thanks: %s", c.name(), answer)
		}
	}
	p.clock.move(25 * time.Hour) // one message a day is enough
	for _, c := range towns {
		told := c.sees("hal", "thanks you: .*the rotate command.*Who may see thanks", nil)
		c.after(func() { c.press("hal", told, "Everyone") }, "", "♥ .*ana.* thanks .*hal.*the rotate command")
	}
}

// everyCommand gives each command of the help once, as a steward, so that none is refused.
func everyCommand(c crowd) {
	message := c.say("tom", "Does anybody know where the fonts are licensed?")
	example := c.say("hal", "Half a plan for the migration, with a gap on page 3.")
	shared, asked := c.link(example), c.link(message)
	arguments := map[string]string{
		"share": "I drew the plan twice and trust neither.", "ask": "How do I order a badge?", "thanks": "@hal for the runbook",
		"adopt": shared + " with the on-call handbook", "example": shared, "ask-why": shared, "take": asked, "solved": asked,
		"reopen": asked, "questions": "mine", "pause": "1w", "away": "tomorrow", "me": "show", "digest": "preview #help",
		"playbook": "list", "halt": "end", "undo": "", "help": "all",
	}
	before := c.now()
	c.command("tom", "help", "all")
	c.sees("tom", `(?m)^(• )?status  `, before) // long answers come in parts
	verbs := helpedVerbs(c.told("tom", before))
	if len(verbs) < 20 {
		c.Fatalf("%s: help speaks of %q alone", c.name(), verbs)
	}
	for _, verb := range verbs {
		if answer := c.asks("tom", verb, arguments[verb]); misunderstood(answer) {
			c.Errorf("%s: /gofirst %s %s: %s", c.name(), verb, arguments[verb], answer)
		}
	}
}

// helpedVerbs reads from "help all" the verb that begins each line after the first.
func helpedVerbs(help string) (verbs []string) {
	for line := range strings.Lines(help) {
		verb, does, ok := strings.Cut(strings.TrimSpace(strings.Trim(line, "-• ")), "  ")
		if ok && does != "" {
			verbs = append(verbs, verb)
		}
	}
	return verbs
}

// mend gives the connection that was refused all the while the right tokens, as an administrator does.
func (p *process) mend(t *testing.T, secrets map[string]string) {
	t.Helper()
	if logged := p.log.String(); !strings.Contains(logged, "connection refused") || strings.Contains(logged, "msg=ready connection=broken") {
		t.Error("a connection with a wrong token was not refused")
	}
	for from, to := range map[string]string{"slack.app": "broken.app", "slack.bot": "broken.bot"} {
		if err := os.WriteFile(filepath.Join(p.dir, to), []byte(secrets[from]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p.reread()
	p.log.await(t, "msg=ready connection=broken")
}

// await waits until something was logged.
func (l *lockedBuffer) await(t *testing.T, text string) {
	t.Helper()
	for began := time.Now(); !strings.Contains(l.String(), text); {
		l.mu.Lock()
		written := l.written
		l.mu.Unlock()
		select {
		case <-written:
		case <-time.After(soon - time.Since(began)):
			t.Fatalf("%q is not logged", text)
		}
	}
}
