package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// terminal is a person at a terminal: the other end of what a prompter reads and writes.
type terminal struct {
	*testing.T
	hand  *os.File // what is typed, and what is seen
	other *os.File
	seen  bytes.Buffer
	past  int // how much of it was looked at
}

func openTerminal(t *testing.T) *terminal {
	t.Helper()
	hand, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skip("this machine has no terminals:", err)
	}
	t.Cleanup(func() { _ = hand.Close() })
	_ = hand.SetDeadline(time.Now().Add(soon))
	raw, err := hand.SyscallConn() // Fd would take the deadline away
	if err != nil {
		t.Fatal(err)
	}
	var number int
	var failed error
	err = raw.Control(func(fd uintptr) {
		if failed = unix.IoctlSetPointerInt(int(fd), unix.TIOCSPTLCK, 0); failed == nil {
			number, failed = unix.IoctlGetInt(int(fd), unix.TIOCGPTN)
		}
	})
	if err := errors.Join(err, failed); err != nil {
		t.Fatal(err)
	}
	other, err := os.OpenFile(fmt.Sprint("/dev/pts/", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = other.Close() })
	return &terminal{T: t, hand: hand, other: other}
}

// sees reads until this appears anew at the end of the screen.
func (s *terminal) sees(end string) {
	s.Helper()
	defer func() { s.past = s.seen.Len() }()
	for b := make([]byte, 1<<10); !strings.HasSuffix(s.seen.String()[s.past:], end); {
		n, err := s.hand.Read(b)
		if err != nil {
			s.Fatalf("%v; seen so far: %q", err, &s.seen)
		}
		s.seen.Write(b[:n])
	}
}

func (s *terminal) types(line string) {
	s.Helper()
	if _, err := s.hand.WriteString(line + "\n"); err != nil {
		s.Fatal(err)
	}
}

// A token is typed unseen, however often; a name is seen; afterwards all is as it was.
func TestSecretsAreTypedUnseen(t *testing.T) {
	t.Parallel()
	s := openTerminal(t)
	before, err := unix.IoctlGetTermios(int(s.other.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	p := newPrompter(&stdio{in: s.other, out: s.other})
	slack := questions()["slack"]
	answers, over := make(chan string, 3), make(chan error, 1)
	go func() {
		for _, q := range slack {
			text, err := p.ask(context.Background(), q.asked)
			if err != nil {
				over <- err
				return
			}
			answers <- text
		}
		over <- nil
	}()
	typed := []string{"xoxb-1-A0000000000-1234567890123-aaaa", "xapp-1-A0000000000-1234567890123-bbbb", "xoxb-1234567890123-1234567890123-cccc", "ana@example.org"}
	for _, line := range typed {
		s.sees("> ")
		s.types(line)
	}
	if err := <-over; err != nil {
		t.Fatal(err)
	}
	for _, want := range typed[1:] {
		if got := <-answers; got != want {
			t.Errorf("understood %q", got)
		}
	}
	s.sees("ana@example.org\r\n")
	screen := s.seen.String()
	for _, secret := range typed[:3] {
		if strings.Contains(screen, secret[len(secret)-4:]) {
			t.Errorf("a token was shown: %q", screen)
		}
	}
	if !strings.Contains(screen, "this is a bot token; the app-level token begins with xapp-") {
		t.Errorf("a swapped token was not told: %q", screen)
	}
	after, err := unix.IoctlGetTermios(int(s.other.Fd()), unix.TCGETS)
	if err != nil || *after != *before {
		t.Errorf("the terminal is not as it was: %v", err)
	}
}

// Ctrl-C while a token is asked for leaves a terminal that shows again what is typed.
func TestAPromptThatIsLeft(t *testing.T) {
	t.Parallel()
	s := openTerminal(t)
	p := newPrompter(&stdio{in: s.other, out: s.other})
	ctx, leave := context.WithCancel(context.Background())
	over := make(chan error, 1)
	go func() {
		_, err := p.ask(ctx, questions()["discord"][0].asked)
		over <- err
	}()
	s.sees("> ")
	leave()
	select {
	case err := <-over:
		if err == nil {
			t.Error("a prompt that was left has an answer")
		}
	case <-time.After(soon):
		t.Fatal("it goes on asking")
	}
	now, err := unix.IoctlGetTermios(int(s.other.Fd()), unix.TCGETS)
	if err != nil || now.Lflag&unix.ECHO == 0 {
		t.Errorf("what is typed is no longer shown: %v", err)
	}
	s.types("enough") // so that nothing goes on reading
}
