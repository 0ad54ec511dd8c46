package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

func TestIsDatabase(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	ours := filepath.Join(dir, "ours.db")
	key, err := store.NewKey(strings.NewReader(strings.Repeat("k", 32)))
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), ours, key)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	header, err := os.ReadFile(ours)
	if err != nil {
		t.Fatal(err)
	}
	if id := binary.BigEndian.Uint32(header[68:72]); id != applicationID {
		t.Errorf("the store writes %x into its files, not %x", id, applicationID)
	}
	foreign := append([]byte{}, header...)
	foreign[68]++
	for name, c := range map[string]struct {
		text []byte
		want bool
	}{
		"ours": {header, true}, "empty": {nil, true}, "foreign": {foreign, false}, "text": {[]byte("language: en\n"), false},
		"long text": {bytes.Repeat([]byte("a"), 200), false},
	} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, c.text, 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := isDatabase(path); got != c.want || err != nil {
			t.Errorf("%s: %t, %v", name, got, err)
		}
	}
	if _, err := isDatabase(filepath.Join(dir, "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}

// deaf is an adapter that can do nothing but be called.
type deaf struct{ chat.Adapter }

func (deaf) Doors() map[string]http.Handler {
	return map[string]http.Handler{"events": http.NotFoundHandler(), "commands": http.NotFoundHandler()}
}

func TestDoctorKnocks(t *testing.T) {
	t.Parallel()
	address := func() string {
		free, err := freeAddress()
		if err != nil {
			t.Fatal(err)
		}
		return free
	}
	free := address()
	website := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(website.Close)
	for name, c := range map[string]struct {
		url, listen string
		want        chat.Health
		why         string
	}{
		"led here":            {"http://" + free, free, chat.Well, "/hooks/slack/"},
		"led to another":      {website.URL, address(), chat.Ill, "answers 404"},
		"not to be reached":   {"http://" + address(), address(), chat.Limited, "cannot be reached"},
		"nobody listens here": {"http://" + address(), "256.0.0.1:1", chat.Limited, "cannot be reached"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg := newConfig("gofirst.yaml")
			cfg.url, cfg.listen = c.url, c.listen
			d := &doctor{config: cfg, open: []*patient{{connecting: connecting{name: "slack", doors: true}, connection: &connection{adapter: deaf{}}}}}
			end := d.openDoors(t.Context())
			d.lookAtDoors(t.Context())
			end()
			if len(d.found) != 2 {
				t.Fatalf("%+v", d.found)
			}
			for _, f := range d.found {
				if f.State != c.want || !strings.Contains(f.Why, c.why) || (f.Do == "") != (c.want == chat.Well) {
					t.Errorf("%+v", f)
				}
			}
		})
	}
}

// freeAddress is one at which nobody listens just now.
func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

func someFindings() []looked {
	return []looked{
		{"", chat.Finding{What: "key", Why: "gofirst.key"}},
		{"slack", chat.Finding{What: "scope users:read", State: chat.Limited, Why: "not given", Do: "add it"}},
		{"slack", chat.Finding{What: "clock", State: chat.Ill, Why: "ten minutes ahead", Do: "set it"}},
	}
}

func TestReport(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		report report
		want   string
	}{
		{report{findings: someFindings()}, "✓ key: gofirst.key\n! slack: scope users:read: not given\n  → add it\n" +
			"✗ slack: clock: ten minutes ahead\n  → set it\n1 problem, 1 note.\n"},
		{report{findings: someFindings(), plain: true}, "ok   key: gofirst.key\nnote slack: scope users:read: not given\n     do: add it\n" +
			"bad  slack: clock: ten minutes ahead\n     do: set it\n1 problem, 1 note.\n"},
		{report{findings: someFindings()[:2]}, "✓ key: gofirst.key\n! slack: scope users:read: not given\n  → add it\nIt works; 1 note.\n"},
		{report{findings: someFindings()[:1]}, "✓ key: gofirst.key\nAll is well.\n"},
	} {
		var b bytes.Buffer
		c.report.to = &b
		if err := errors.Join(c.report.begin(), c.report.end()); err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff(c.want, b.String()); diff != "" {
			t.Error(diff)
		}
	}
}

func TestReportForPrograms(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	r := report{to: &b, json: true, findings: someFindings(), learned: []learned{{Connection: "slack", Rooms: 1, Messages: 9, Questions: 3, Open: 1}}}
	if err := errors.Join(r.begin(), r.end()); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Findings []map[string]string `json:"findings"`
		Learned  []map[string]any    `json:"learned"`
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Findings) != 3 || got.Findings[2]["state"] != "bad" || got.Findings[2]["do"] != "set it" || got.Findings[0]["state"] != "ok" {
		t.Errorf("%+v", got.Findings)
	}
	if len(got.Learned) != 1 || got.Learned[0]["open"] != 1.0 {
		t.Errorf("%+v", got.Learned)
	}
}

// phoneBook is a service that knows some names, or nobody at all while it is down.
type phoneBook struct {
	chat.Adapter
	chat.Directory
	people, rooms map[string]bool
	down          bool
}

func (p phoneBook) Spaces(context.Context) ([]chat.SpaceID, error) {
	if p.down {
		return nil, &chat.Error{Op: "spaces", Kind: chat.Later}
	}
	return []chat.SpaceID{"one"}, nil
}

func (p phoneBook) Find(_ context.Context, _ chat.SpaceID, name string) (chat.UserID, error) {
	if p.people[name] {
		return chat.UserID(name), nil
	}
	return "", &chat.Error{Op: "find", Kind: chat.Gone}
}

func (p phoneBook) Group(context.Context, chat.SpaceID, string) ([]chat.UserID, error) {
	return nil, &chat.Error{Op: "group", Kind: chat.Refused}
}

func (p phoneBook) FindChannel(_ context.Context, _ chat.SpaceID, name string) (chat.ChannelID, error) {
	if p.rooms[name] {
		return chat.ChannelID(name), nil
	}
	return "", &chat.Error{Op: "find", Kind: chat.Gone}
}

func TestDoctorLooksForNames(t *testing.T) {
	t.Parallel()
	cfg, err := readConfig(writtenTo(t, `
slack:
  - {name: a, app_token_file: a, bot_token_file: b}
  - {name: b, app_token_file: a, bot_token_file: b}
stewards: [ana]
groups: {helper: [hal, ida]}
playbooks:
  question-rescue: {rooms: [help, nowhere]}
`))
	if err != nil {
		t.Fatal(err)
	}
	states := func(second phoneBook) map[string]chat.Health {
		first := phoneBook{people: map[string]bool{"ana": true}, rooms: map[string]bool{"help": true}}
		d := &doctor{config: cfg, std: &stdio{clock: time.Now}}
		for i, known := range []phoneBook{first, second} {
			d.open = append(d.open, &patient{connecting: cfg.connections[i], connection: &connection{adapter: known}})
		}
		d.examineAll(t.Context())
		d.lookAtNames()
		out := map[string]chat.Health{}
		for _, f := range d.found {
			out[f.What] = f.State
		}
		return out
	}
	for name, c := range map[string]struct {
		second phoneBook
		want   map[string]chat.Health
	}{
		"all there": {phoneBook{people: map[string]bool{"hal": true, "ida": true}, rooms: map[string]bool{"nowhere": true}},
			map[string]chat.Health{"stewards": chat.Well, "group helper": chat.Well, "rooms of question-rescue": chat.Well}},
		"some missing": {phoneBook{people: map[string]bool{"hal": true}},
			map[string]chat.Health{"stewards": chat.Well, "group helper": chat.Ill, "rooms of question-rescue": chat.Ill}},
		"one does not answer": {phoneBook{down: true},
			map[string]chat.Health{"stewards": chat.Well, "group helper": chat.Limited, "rooms of question-rescue": chat.Limited}},
	} {
		if diff := cmp.Diff(c.want, states(c.second)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
