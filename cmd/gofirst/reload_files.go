package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// stamp tells one state of a file from another, without reading it.
type stamp struct {
	size    int64
	changed time.Time
}

// stamps are those of a folder's playbooks, by name.
type stamps map[string]stamp

// stampsIn looks at the playbooks of a folder. A link counts as what it leads to.
func stampsIn(folder string) (stamps, error) {
	files, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	out := stamps{}
	for _, f := range files {
		id, isPlaybook := strings.CutSuffix(f.Name(), ".yaml")
		if !isPlaybook || f.IsDir() {
			continue
		}
		info, err := os.Stat(filepath.Join(folder, f.Name()))
		if errors.Is(err, fs.ErrNotExist) {
			continue // gone since
		}
		if err != nil {
			return nil, err
		}
		out[id] = stamp{info.Size(), info.ModTime()}
	}
	return out, nil
}

// statesOf lists playbooks by name and hash.
func statesOf(books []book) []string {
	var out []string
	for _, b := range books {
		out = append(out, stateOf(b))
	}
	return out
}

func stateOf(b book) string { return b.ID + " " + b.Hash }

// differing lists the playbooks of which there is another version on either side.
func differing(before, after []string) []string {
	var out []string
	for _, list := range [][2][]string{{before, after}, {after, before}} {
		for _, version := range list[0] {
			if id, _, ok := strings.Cut(version, " "); ok && !slices.Contains(list[1], version) {
				out = append(out, id)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
