package main

import (
	"errors"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) { testscript.Main(m, map[string]func(){"gofirst": main}) }

// TestScripts runs the binary as people do. Besides the usual commands the scripts have:
//
//	exits CODE gofirst ARG…   runs it and wants this exit code
//	await FILE PATTERN        waits until a background process has written this
//	term                      asks the background processes to end
//	hup                       sends them SIGHUP
//	town KIND [DEFECT]        starts a stand-in for a service, and writes gofirst.yaml, tokens and a key for it;
//	                          DEFECT is one of token (a wrong one), scope (one is missing), clock (ten minutes off)
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: true,
		UpdateScripts:       os.Getenv("UPDATE") != "",
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "await": await, "term": sends(syscall.SIGTERM), "hup": sends(syscall.SIGHUP), "town": townFor},
	})
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND ARG…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var ended *exec.ExitError
	switch err := ts.Exec(args[1], args[2:]...); {
	case errors.As(err, &ended):
		got = ended.ExitCode()
	default:
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// patience is how long a script waits for another process.
const patience = 20 * time.Second

func await(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: await FILE PATTERN")
	}
	pattern, err := regexp.Compile("(?m)" + args[1])
	ts.Check(err)
	text := []byte{}
	for began := time.Now(); time.Since(began) < patience; time.Sleep(5 * time.Millisecond) { // another process: nothing else tells
		text, err = os.ReadFile(ts.MkAbs(args[0]))
		if err == nil && pattern.Match(text) {
			return
		}
	}
	ts.Fatalf("%s does not hold %q after %v:\n%s", args[0], args[1], patience, text)
}

func sends(signal os.Signal) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, _ bool, _ []string) {
		for _, c := range ts.BackgroundCmds() {
			ts.Check(c.Process.Signal(signal))
		}
	}
}

func townFor(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) == 0 || len(args) > 2 {
		ts.Fatalf("usage: town KIND [DEFECT]")
	}
	defect := append(args, "")[1]
	now := time.Now
	if defect == "clock" {
		now = func() time.Time { return time.Now().Add(10 * time.Minute) }
	}
	var c town
	switch args[0] {
	case "slack":
		var scopes []string
		if defect == "scope" {
			all, err := slackScopes()
			ts.Check(err)
			for _, s := range all {
				if s[0] != "channels:history" {
					scopes = append(scopes, s[0])
				}
			}
		}
		s := newSlackTown(now, scopes)
		ts.Defer(s.Close)
		c = s
	case "discord":
		d := newDiscordTown(now, defect == "scope")
		ts.Defer(d.Close)
		c = d
	case "mattermost":
		address, err := freeAddress()
		ts.Check(err)
		m := newMattermostTown(now, address)
		ts.Defer(m.Close)
		c = m
	}
	c.invite()
	c.say("hal", "The printer is on the third floor.")
	c.say("ana", "How do I order a badge?")
	for name, text := range townFiles(c) {
		if defect == "token" && name != "gofirst.yaml" && name != "gofirst.key" {
			text = "xoxb-wrong"
		}
		ts.Check(os.WriteFile(ts.MkAbs(name), []byte(text), 0o600))
	}
}
