package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/mattn/go-isatty"
)

// prompter asks whoever is there: a person at a terminal, or a pipe that has the answers line by line.
type prompter struct {
	file     *os.File
	in       *bufio.Reader
	out      io.Writer
	terminal bool
}

func newPrompter(std *stdio) *prompter {
	return &prompter{file: std.in, in: bufio.NewReader(std.in), out: std.out, terminal: isatty.IsTerminal(std.in.Fd())}
}

// asked is something that a person is asked for.
type asked struct {
	what     string // "The bot token (xoxb-…)"
	where    string // which page shows it
	secret   bool
	optional bool
	wrong    func(text string) string // what is wrong with the form of an answer; "" where nothing is
}

// tries is how often a person may answer in a form that cannot be right.
const tries = 3

// ask asks until the form of the answer is right. What is wrong with an answer from a pipe is an error.
func (p *prompter) ask(ctx context.Context, a asked) (string, error) {
	fmt.Fprintf(p.out, "%s\n", a.what)
	if a.where != "" {
		fmt.Fprintf(p.out, "  %s\n", a.where)
	}
	for try := 1; ; try++ {
		text, err := p.answer(ctx, a.secret)
		if err != nil {
			return "", fmt.Errorf("%s: %w", a.what, err)
		}
		complaint := a.complaint(text)
		if complaint == "" {
			return text, nil
		}
		if !p.terminal || try == tries {
			return "", wrong(fmt.Errorf("%s: %s", a.what, complaint))
		}
		fmt.Fprintf(p.out, "  %s\n", complaint)
	}
}

func (a asked) complaint(text string) string {
	switch {
	case text == "" && a.optional:
		return ""
	case text == "":
		return "it is needed"
	case a.wrong != nil:
		return a.wrong(text)
	}
	return ""
}

func (p *prompter) answer(ctx context.Context, secret bool) (string, error) {
	if !p.terminal {
		return p.read()
	}
	show := func() {}
	if secret {
		show = hideEcho(p.file)
	}
	defer show()
	fmt.Fprint(p.out, "> ")
	text, err := p.readUnless(ctx)
	if secret {
		fmt.Fprintln(p.out)
	}
	return text, err
}

// line reads one line, "" where there is none.
func (p *prompter) line(ctx context.Context) string {
	text, _ := p.readUnless(ctx)
	return text
}

// readUnless reads a line unless ctx is done first. Whoever waits at the terminal then goes with the process.
func (p *prompter) readUnless(ctx context.Context) (string, error) {
	type line struct {
		text string
		err  error
	}
	read := make(chan line, 1)
	go func() {
		text, err := p.read()
		read <- line{text, err}
	}()
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case l := <-read:
		return l.text, l.err
	}
}

func (p *prompter) read() (string, error) {
	text, err := p.in.ReadString('\n')
	if errors.Is(err, io.EOF) && text == "" {
		return "", errors.New("the input ended before it was answered")
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	return strings.TrimSpace(text), nil
}

// isYes takes what people type for yes, in English and French; anything else is no.
func isYes(text string) bool {
	switch strings.ToLower(text) {
	case "y", "yes", "o", "oui":
		return true
	}
	return false
}
