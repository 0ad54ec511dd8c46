package replay

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"

	"github.com/gofirst/gofirst/playbooks"
)

// TestDir plays every transcript of a folder: *.txt beside the playbooks and in testdata. The folder's own playbooks
// take the place of those of o that have the same name. What cannot be read is an Outcome too; the error says that
// nothing could be played.
func TestDir(ctx context.Context, dir fs.FS, o PlayOptions) ([]Outcome, error) {
	own, err := playbooks.LoadDir(dir)
	if err != nil {
		return nil, err
	}
	o.Playbooks = playbooks.Merge(o.Playbooks, own)
	all, broken, err := ReadDir(dir)
	if err != nil {
		return nil, err
	}
	out := broken
	for _, t := range all {
		one, err := Play(ctx, t, o)
		if err != nil {
			return out, err
		}
		out = append(out, one)
	}
	slices.SortStableFunc(out, byPlace)
	return out, nil
}

// ReadDir reads the transcripts of a folder, in the order of their names. Files that cannot be read are given as
// outcomes.
func ReadDir(dir fs.FS) (all []Transcript, broken []Outcome, err error) {
	for _, pattern := range []string{"*.txt", "testdata/*.txt"} {
		names, err := fs.Glob(dir, pattern)
		if err != nil {
			return nil, nil, err
		}
		for _, name := range names {
			text, err := fs.ReadFile(dir, name)
			if err != nil {
				return nil, nil, err
			}
			parsed, err := Parse(name, text)
			if err != nil {
				broken = append(broken, Outcome{File: name, Line: lineOf(err), Title: "cannot be read", Err: err})
			}
			all = append(all, parsed...)
		}
	}
	return all, broken, nil
}

func lineOf(err error) int {
	var problem *playbooks.Problem
	if errors.As(err, &problem) {
		return problem.Line
	}
	return 0
}

func byPlace(a, b Outcome) int {
	return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
}
