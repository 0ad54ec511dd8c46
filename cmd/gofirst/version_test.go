package main

import (
	"runtime/debug"
	"testing"
)

func TestBuildOf(t *testing.T) {
	t.Parallel()
	info := &debug.BuildInfo{GoVersion: "go1.26", Main: debug.Module{Version: "v1.2.3"}, Settings: []debug.BuildSetting{
		{Key: "vcs.revision", Value: "abc"}, {Key: "vcs.modified", Value: "true"},
	}}
	if got, want := buildOf(info, true), (build{"v1.2.3", "abc", true, "go1.26"}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got, want := buildOf(nil, false), (build{"unknown", "unknown", false, "unknown"}); got != want {
		t.Errorf("without a record: got %+v, want %+v", got, want)
	}
}
