package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/replay"
	"github.com/gofirst/gofirst/playbooks"
)

// retracing is a transcript of which is told what was decided, and why.
type retracing struct {
	explainCmd
	file  string
	line  int       // the only line to tell of; 0: all
	exact time.Time // when that is
	b     strings.Builder
	times []string // at which something was decided
}

// retrace plays the transcript's scenes for what people do in them, and tells what was decided, and why.
func (c *explainCmd) retrace(ctx context.Context, std *stdio, cfg *config) error {
	if c.Text != "" {
		return wrong(errors.New("a message or --transcript: only one of them is explained"))
	}
	if _, err := moment(c.At, cfg.zone); c.At != "" && err != nil {
		return wrong(err)
	}
	r := &retracing{explainCmd: *c}
	r.file, r.line = fileAndLine(c.Transcript)
	text, err := os.ReadFile(r.file)
	if err != nil {
		return wrong(err)
	}
	scenes, err := replay.Parse(r.file, text)
	if err != nil {
		return wrong(err)
	}
	if err := r.play(ctx, scenes, playbooksOf(cfg.books)); err != nil {
		return wrong(err)
	}
	_, err = std.out.Write([]byte(r.b.String()))
	return err
}

// fileAndLine reads "well.txt:12", as a failure has it.
func fileAndLine(text string) (file string, line int) {
	place := strings.TrimSuffix(text, ":")
	at := max(0, strings.LastIndexByte(place, ':'))
	if n, err := strconv.Atoi(strings.TrimPrefix(place[at:], ":")); err == nil && n > 0 && at > 0 {
		return place[:at], n
	}
	return text, 0
}

// besides is the folder whose playbooks a transcript tests, see testCmd; "" where a configuration stands there, which is
// no playbook.
func besides(transcript string) string {
	file, _ := fileAndLine(transcript)
	folder := filepath.Dir(file)
	if filepath.Base(folder) == "testdata" {
		folder = filepath.Dir(folder)
	}
	if exists(filepath.Join(folder, "gofirst.yaml")) {
		return ""
	}
	return folder
}

func (r *retracing) play(ctx context.Context, scenes []replay.Transcript, books []*playbooks.Playbook) error {
	for _, s := range scenes {
		at, here := s.Holds(r.line)
		if r.line > 0 && !here {
			continue
		}
		r.exact = at
		played, err := replay.Retrace(ctx, s, replay.PlayOptions{Stage: newStage, Playbooks: books})
		if err != nil {
			return err
		}
		if err := r.scene(s, played); err != nil {
			return err
		}
	}
	switch {
	case r.b.Len() > 0:
	case r.times == nil && r.line > 0:
		return fmt.Errorf("--transcript: in line %d of %s nothing happens", r.line, r.file)
	case r.times == nil:
		r.b.WriteString("No rule looks at anything.\n")
	default:
		fmt.Fprintf(&r.b, "No rule looks at anything then. Something is decided at %s.\n", strings.Join(slices.Compact(r.times), ", "))
	}
	return nil
}

// then reports whether a time is the one that is asked for.
func (r *retracing) then(t teller, at time.Time) bool {
	switch {
	case r.At != "":
		return t.clock(at) == r.At
	case r.line > 0:
		return at.Truncate(time.Minute).Equal(r.exact)
	}
	return true
}
