package question

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"time"
)

// Report is what Evaluate measured, by source. The sources are never pooled: they differ in what a question
// is, in how common questions are and in who writes question marks.
type Report struct {
	Sources map[string]Figures `json:"sources"`
}

// Figures are what was measured on one source. Shares run from 0 to 1; nil stands for a figure that is not
// defined: all of them where the source has no question, and the precision where none was called one.
type Figures struct {
	N         int      `json:"n"` // messages
	Precision *float64 `json:"precision"`
	Recall    *float64 `json:"recall"`
	F1        *float64 `json:"f1"`
	// F1Mark and F1MarkOrWord are the F1 of two baselines: the text contains "?"; the same or it begins
	// with an opening word.
	F1Mark       *float64 `json:"f1_qmark"`
	F1MarkOrWord *float64 `json:"f1_qmark_or_word"`
	Nanoseconds  float64  `json:"ns"` // of Detect, a message, by the wall clock, reading the clock included
}

// Evaluate compares Verdict.Question with labels. It reads JSON lines with the keys "text", "label" and
// "source", one at a time; other keys and blank lines are ignored. An error names the line.
func Evaluate(r io.Reader) (Report, error) {
	sources := map[string]*measure{}
	for l, err := range lines(r) {
		if err != nil {
			return Report{}, fmt.Errorf("question: %w", err)
		}
		m := sources[l.source]
		if m == nil {
			m = new(measure)
			sources[l.source] = m
		}
		m.add(l)
	}
	report := Report{Sources: make(map[string]Figures, len(sources))}
	for name, m := range sources {
		report.Sources[name] = m.figures()
	}
	return report, nil
}

// A measure gathers what is known of one source.
type measure struct {
	detect, mark, markOrWord tally
	took                     time.Duration
}

// add is the one place of the package that reads a clock, for the cost of Detect is to be told.
func (m *measure) add(l line) {
	start := time.Now()
	v := Detect(l.text)
	m.took += time.Since(start)
	m.detect.add(v.Question, l.label)
	m.mark.add(hasMark(l.text), l.label)
	m.markOrWord.add(hasMark(l.text) || opensAsQuestion(l.text), l.label)
}

func (m *measure) figures() Figures {
	return Figures{
		N: m.detect.n(), Precision: m.detect.precision(), Recall: m.detect.recall(), F1: m.detect.f1(),
		F1Mark: m.mark.f1(), F1MarkOrWord: m.markOrWord.f1(),
		Nanoseconds: float64(m.took.Nanoseconds()) / float64(m.detect.n()),
	}
}

// A tally counts how calls and labels met.
type tally struct{ hits, alarms, missed, rest int }

func (t *tally) add(called, label bool) {
	switch {
	case called && label:
		t.hits++
	case called:
		t.alarms++
	case label:
		t.missed++
	default:
		t.rest++
	}
}

func (t *tally) n() int { return t.hits + t.alarms + t.missed + t.rest }

func (t *tally) precision() *float64 { return t.share(t.hits, t.hits+t.alarms) }
func (t *tally) recall() *float64    { return t.share(t.hits, t.hits+t.missed) }
func (t *tally) f1() *float64        { return t.share(2*t.hits, 2*t.hits+t.alarms+t.missed) }

func (t *tally) share(part, whole int) *float64 {
	if whole == 0 || t.hits+t.missed == 0 {
		return nil
	}
	s := float64(part) / float64(whole)
	return &s
}

// A line is one labelled message. The group is where it was said; only fitting looks at it.
type line struct {
	text, source, group string
	label               bool
}

// lines reads JSON lines, however long, until the first error.
func lines(r io.Reader) iter.Seq2[line, error] {
	return func(yield func(line, error) bool) {
		buf := bufio.NewReader(r)
		for n := 1; ; n++ {
			raw, readErr := buf.ReadBytes('\n')
			if readErr != nil && !errors.Is(readErr, io.EOF) {
				yield(line{}, fmt.Errorf("line %d: %w", n, readErr))
				return
			}
			if raw = bytes.TrimSpace(raw); len(raw) > 0 {
				l, err := parse(raw)
				if err != nil {
					err = fmt.Errorf("line %d: %w", n, err)
				}
				if !yield(l, err) || err != nil {
					return
				}
			}
			if readErr != nil {
				return
			}
		}
	}
}

func parse(raw []byte) (line, error) {
	var in struct {
		Text   *string `json:"text"`
		Label  *bool   `json:"label"`
		Source *string `json:"source"`
		Group  string  `json:"group"`
	}
	if err := json.Unmarshal(raw, &in); err != nil {
		return line{}, err
	}
	switch {
	case in.Text == nil:
		return line{}, errors.New(`no "text"`)
	case in.Label == nil:
		return line{}, errors.New(`no "label"`)
	case in.Source == nil || *in.Source == "":
		return line{}, errors.New(`no "source"`)
	}
	return line{text: *in.Text, source: *in.Source, group: in.Group, label: *in.Label}, nil
}
