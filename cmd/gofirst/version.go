package main

import (
	"encoding/json"
	"fmt"
	"runtime/debug"
)

// Set by -ldflags "-X main.version=… -X main.commit=…" where a release is built; else the build's own record holds.
var version, commit string

// versionCmd says which gofirst this is.
type versionCmd struct {
	JSON bool `help:"As JSON."`
}

// build is what the binary knows of itself.
type build struct {
	Version string `json:"version"`
	Commit  string `json:"commit"`
	Dirty   bool   `json:"dirty"` // built from a tree with changes that are in no commit
	Go      string `json:"go"`
}

// Run prints it.
func (c *versionCmd) Run(std *stdio) error {
	b := buildOf(debug.ReadBuildInfo())
	if c.JSON {
		return json.NewEncoder(std.out).Encode(b)
	}
	_, err := fmt.Fprintf(std.out, "gofirst %s\n", b.shown())
	return err
}

// shown says which build it is, for people.
func (b build) shown() string {
	dirty := ""
	if b.Dirty {
		dirty = ", with changes"
	}
	return fmt.Sprintf("%s (commit %s%s, %s)", b.Version, b.Commit, dirty, b.Go)
}

func buildOf(info *debug.BuildInfo, ok bool) build {
	b := build{Version: "unknown", Commit: "unknown", Go: "unknown"}
	if ok {
		b.Version, b.Go = info.Main.Version, info.GoVersion
		for _, s := range info.Settings {
			switch s.Key {
			case "vcs.revision":
				b.Commit = s.Value
			case "vcs.modified":
				b.Dirty = s.Value == "true"
			}
		}
	}
	if version != "" {
		b.Version = version
	}
	if commit != "" {
		b.Commit = commit
	}
	return b
}
