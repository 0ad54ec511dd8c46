package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

// report shows what a doctor found.
type report struct {
	to          io.Writer
	plain, json bool
	findings    []looked
	learned     []learned
}

// begin shows the findings, one line each, and under it what to do.
func (r *report) begin() error {
	if r.json {
		return nil
	}
	var b strings.Builder
	for _, f := range r.findings {
		what := f.What
		if f.connection != "" {
			what = f.connection + ": " + what
		}
		fmt.Fprintf(&b, "%s %s: %s\n", r.sign(f.State), what, f.Why)
		if f.Do != "" {
			fmt.Fprintf(&b, "%s %s\n", r.arrow(), f.Do)
		}
	}
	fmt.Fprintln(&b, r.summary())
	_, err := io.WriteString(r.to, b.String())
	return err
}

// sign stands at the beginning of a line; in words all are as wide.
func (r *report) sign(h chat.Health) string {
	if r.plain {
		return fmt.Sprintf("%-4s", stateName(h))
	}
	return [...]string{"✓", "!", "✗"}[h]
}

func (r *report) arrow() string {
	if r.plain {
		return "     do:"
	}
	return "  →"
}

// stateName names a state for programs, and where signs cannot be shown.
func stateName(h chat.Health) string { return [...]string{"ok", "note", "bad"}[h] }

func (r *report) count(state chat.Health) (n int) {
	for _, f := range r.findings {
		if f.State == state {
			n++
		}
	}
	return n
}

func (r *report) summary() string {
	ill, limited := r.count(chat.Ill), r.count(chat.Limited)
	switch {
	case ill > 0:
		return fmt.Sprintf("%s, %s.", amount(ill, "problem"), amount(limited, "note"))
	case limited > 0:
		return fmt.Sprintf("It works; %s.", amount(limited, "note"))
	}
	return "All is well."
}

// end shows what was learned of the past; for programs, everything.
func (r *report) end() error {
	if r.json {
		return r.encode()
	}
	for _, l := range r.learned {
		_, err := fmt.Fprintf(r.to, "%s: read %s of the last %d days in %s: %s, %d of them open. \"/gofirst questions here\" in a room shows those.\n",
			l.Connection, amount(l.Messages, "message"), historyDays, amount(l.Rooms, "room"), amount(l.Questions, "question"), l.Open)
		if err != nil {
			return err
		}
	}
	return nil
}

// told is a finding for programs.
type told struct {
	Connection string `json:"connection,omitempty"`
	What       string `json:"what"`
	State      string `json:"state"` // ok, note, bad
	Why        string `json:"why"`
	Do         string `json:"do,omitempty"`
}

func (r *report) encode() error {
	all := []told{}
	for _, f := range r.findings {
		all = append(all, told{f.connection, f.What, stateName(f.State), f.Why, f.Do})
	}
	out := json.NewEncoder(r.to)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	return out.Encode(struct {
		Findings []told    `json:"findings"`
		Learned  []learned `json:"learned,omitempty"`
	}{all, r.learned})
}
