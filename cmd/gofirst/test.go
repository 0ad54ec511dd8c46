package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"

	"github.com/gofirst/gofirst/bot/replay"
	"github.com/gofirst/gofirst/playbooks"
)

// testCmd plays transcripts.
type testCmd struct {
	Dir  string `arg:"" optional:"" default:"playbooks" help:"A folder with playbooks and transcripts: *.txt beside them and in testdata (${default})."`
	Only string `name:"run" placeholder:"PATTERN" help:"Only transcripts whose file or title matches this regular expression."`
}

// Help is shown by "gofirst test --help".
func (c *testCmd) Help() string {
	return `A transcript is a conversation as it should go. Each line of it that begins with "bot" says what the bot must say; ` +
		`what it says besides, or does not say, fails. The built-in playbooks are there too; those of the folder take their place.

  people    ana   hal: helper
  playbook  question-rescue

  Mon 09:00  ana → #help   How do I rotate the key?
  Mon 13:00  bot → @ana    … still open …   [yes] [found] [leave]`
}

// Run plays and prints one line each, and what went otherwise.
func (c *testCmd) Run(ctx context.Context, std *stdio) error {
	pattern, err := regexp.Compile(c.Only)
	if err != nil {
		return wrong(fmt.Errorf("--run: %w", err))
	}
	books, err := c.books()
	if err != nil {
		return wrong(err)
	}
	all, broken, err := replay.ReadDir(os.DirFS(c.Dir))
	if err != nil {
		return err
	}
	r := results{std: std, dir: c.Dir}
	for _, b := range broken {
		r.show(b)
	}
	all = slices.DeleteFunc(all, func(t replay.Transcript) bool { return !pattern.MatchString(t.File + " " + t.Title) })
	if err := r.play(ctx, all, books); err != nil {
		return err
	}
	return r.end()
}

func (c *testCmd) books() ([]*playbooks.Playbook, error) {
	info, err := os.Stat(c.Dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && !info.IsDir() {
		return nil, fmt.Errorf("there is no folder %s; \"gofirst test DIR\" names another", c.Dir)
	}
	if err != nil {
		return nil, err
	}
	builtin, err := builtinBooks()
	if err != nil {
		return nil, err
	}
	own, err := booksIn(c.Dir)
	return playbooksOf(mergeBooks(builtin, own)), err
}

// results prints outcomes as they come, and counts them.
type results struct {
	std          *stdio
	dir          string
	well, failed int
}

// play plays transcripts, one after the other.
func (r *results) play(ctx context.Context, all []replay.Transcript, books []*playbooks.Playbook) error {
	bar := newProgress(r.std.err)
	for i, t := range all {
		bar.show(int64(i), int64(len(all)))
		out, err := replay.Play(ctx, t, replay.PlayOptions{Stage: newStage, Playbooks: books})
		bar.end()
		if err != nil {
			return err
		}
		r.show(out)
	}
	return nil
}

func (r *results) show(o replay.Outcome) {
	place := filepath.Join(r.dir, o.File)
	if o.Err == nil {
		r.well++
		fmt.Fprintf(r.std.out, "ok    %s  %s\n", place, o.Title)
		return
	}
	r.failed++
	fmt.Fprintf(r.std.out, "FAIL  %s  %s\n%v\n%s", place, o.Title, placed(o.Err, place), hint(o.Err, place))
}

// hint tells how to ask for the reasons.
func hint(err error, place string) string {
	var f *replay.Failure
	if !errors.As(err, &f) {
		return ""
	}
	return fmt.Sprintf("  why: gofirst explain --transcript %s:%d\n", place, f.Line)
}

// placed gives what went otherwise with the file by its path from here.
func placed(err error, path string) error {
	if f, ok := err.(*replay.Failure); ok {
		moved := *f
		moved.File = path
		return &moved
	}
	return err
}

func (r *results) end() error {
	if r.well+r.failed == 0 {
		return wrong(fmt.Errorf("%s holds no transcript to play: transcripts are *.txt, beside the playbooks or in testdata", r.dir))
	}
	fmt.Fprintf(r.std.out, "%s as written, %d otherwise.\n", amount(r.well, "transcript"), r.failed)
	if r.failed > 0 {
		return found()
	}
	return nil
}
