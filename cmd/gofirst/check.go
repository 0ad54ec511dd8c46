package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/gofirst/gofirst/playbooks"
)

// checkCmd finds mistakes in playbooks and in the configuration.
type checkCmd struct {
	configured
	Paths []string `arg:"" optional:"" name:"path" help:"Playbooks, or folders with them. Without any: the configuration, if there is one, and all playbooks that it knows."`
	JSON  bool     `help:"As JSON."`
}

// Help is shown by "gofirst check --help".
func (c *checkCmd) Help() string {
	return `An error keeps a playbook or the configuration from being used. A warning says where a text breaks a rule that holds ` +
		`for all of them: that it is short, says that a bot speaks, is easy to stop, does not push. Either ends the check with 3.

The price of a playbook is the most private messages that it can bring one person in a week, unasked.`
}

// findings are what a check has found.
type findings struct {
	Playbooks []priced  `json:"playbooks"`
	Problems  []problem `json:"problems"`
}

// priced is a playbook that can be used, and what it costs.
type priced struct {
	ID    string  `json:"id"`
	File  string  `json:"file"`
	Price float64 `json:"price"` // private messages a person and week, unasked, at most
}

// problem is one thing that is wrong.
type problem struct {
	Severity string `json:"severity"` // error, warning
	File     string `json:"file"`
	Line     int    `json:"line"`   // from 1; 0 where the whole file is meant
	Column   int    `json:"column"` // from 1, in characters
	Message  string `json:"message"`
	shown    string
}

// Run checks and prints.
func (c *checkCmd) Run(std *stdio) error {
	books, err := c.books()
	f := findings{Playbooks: []priced{}, Problems: []problem{}}
	f.broken(err)
	for _, b := range books {
		f.Playbooks = append(f.Playbooks, priced{b.ID, b.File, playbooks.Price(b.Playbook)})
		for _, p := range playbooks.Lint(b.Playbook, b.source) {
			f.add("warning", p)
		}
	}
	show := f.write
	if c.JSON {
		show = func(w io.Writer) error { return json.NewEncoder(w).Encode(f) }
	}
	if err := show(std.out); err != nil {
		return err
	}
	if len(f.Problems) > 0 {
		return found()
	}
	return nil
}

// books are those that are to be checked; the error joins what is wrong with others.
func (c *checkCmd) books() ([]book, error) {
	if len(c.Paths) > 0 {
		return c.named()
	}
	_, err := os.Stat(c.Config)
	if err == nil {
		cfg, err := readConfig(c.Config)
		if err == nil {
			return cfg.books, nil
		}
		books, _ := builtinBooks()
		return books, err
	}
	if !errors.Is(err, fs.ErrNotExist) || c.Config != "gofirst.yaml" {
		return nil, err
	}
	books, err := builtinBooks()
	if _, there := os.Stat(ownFolder); there != nil || err != nil {
		return books, err
	}
	own, err := booksIn(ownFolder)
	return mergeBooks(books, own), err
}

func (c *checkCmd) named() ([]book, error) {
	var out []book
	var problems []error
	for _, path := range c.Paths {
		books, err := booksIn(path)
		if err == nil && len(books) == 0 {
			err = &playbooks.Problem{File: path, Message: "holds no playbook: no *.yaml"}
		}
		out, problems = append(out, books...), append(problems, err)
	}
	return out, errors.Join(problems...)
}

// broken notes what an error joins.
func (f *findings) broken(err error) {
	var p *playbooks.Problem
	switch joined, ok := err.(interface{ Unwrap() []error }); {
	case err == nil:
	case ok:
		for _, one := range joined.Unwrap() {
			f.broken(one)
		}
	case errors.As(err, &p):
		f.add("error", p)
	default:
		if failed := (*failure)(nil); errors.As(err, &failed) {
			f.broken(failed.err)
			return
		}
		f.Problems = append(f.Problems, problem{Severity: "error", Message: err.Error(), shown: err.Error()})
	}
}

// add notes a problem. What is shown says, in front of the message, how bad it is.
func (f *findings) add(severity string, p *playbooks.Problem) {
	marked := *p
	marked.Message = severity + ": " + p.Message
	f.Problems = append(f.Problems, problem{severity, p.File, p.Line, p.Column, p.Message, fitting(marked)})
}

func (p priced) price() string {
	if p.Price == 0 {
		return "no private message that nobody asked for"
	}
	if p.Price == 1 {
		return "at most 1 private message a person and week that nobody asked for"
	}
	return fmt.Sprintf("at most %.3g private messages a person and week that nobody asked for", p.Price)
}

func (f *findings) write(w io.Writer) error {
	var b strings.Builder
	count := map[string]int{}
	for _, p := range f.Problems {
		count[p.Severity]++
		b.WriteString(p.shown + "\n")
	}
	if len(f.Problems) > 0 {
		b.WriteString("\n")
	}
	for _, p := range f.Playbooks {
		fmt.Fprintf(&b, "%-20s %s\n", p.ID, p.price())
	}
	fmt.Fprintf(&b, "%s, %s, %s.\n", amount(len(f.Playbooks), "playbook"), amount(count["error"], "error"), amount(count["warning"], "warning"))
	_, err := io.WriteString(w, b.String())
	return err
}

// amount says a number of things.
func amount(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
