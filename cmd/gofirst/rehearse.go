package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/gofirst/gofirst/bot/replay"
	"github.com/gofirst/gofirst/bot/store"
)

// rehearseCmd plays playbooks over an export.
type rehearseCmd struct {
	Export    string   `arg:"" help:"A Slack export (zip or folder), a Mattermost bulk export (jsonl or zip), or DiscordChatExporter JSON (file, folder or zip)." type:"path"`
	Helpers   string   `help:"Who would be asked to help: names, a file with a name a line, or auto: those who answered 5 or more questions of a channel in the 60 days before." placeholder:"auto|NAMES|FILE"`
	Leaders   string   `help:"Who would be invited to go first: names, a file with a name a line, or auto: the three who wrote most at the top level of a room, ten times or more in the 60 days before." placeholder:"auto|NAMES|FILE"`
	Hosts     string   `help:"Who would be told of newcomers: names, a file with a name a line, or auto: the five who wrote most in a room, twenty times or more in the 60 days before." placeholder:"auto|NAMES|FILE"`
	Rooms     []string `help:"Only these rooms." placeholder:"ROOM"`
	Playbook  []string `help:"Only these playbooks." placeholder:"NAME"`
	Folder    string   `help:"Your own playbooks; one of the same name replaces a built-in one." type:"existingdir"`
	Patience  string   `help:"How long rooms like their questions to wait: eager, normal or patient." enum:"eager,normal,patient," default:""`
	Zone      string   `help:"Everybody's time zone." default:"UTC"`
	Hours     string   `help:"When people may be asked." default:"Mon-Fri 08:00-20:00"`
	Since     string   `help:"Begin on this day." placeholder:"YYYY-MM-DD"`
	Until     string   `help:"End with this day. Beyond the last message, due times go on until then." placeholder:"YYYY-MM-DD"`
	JSON      bool     `name:"json" help:"Write the report as JSON."`
	Out       string   `help:"Write the report as one HTML file, with plots." placeholder:"report.html" type:"path"`
	Questions string   `help:"Write every message at the top level of a room as a JSON line, with what became of it." placeholder:"FILE.jsonl" type:"path"`
	Said      string   `help:"Write every message that would have gone out as a JSON line, as its reader would have seen it." placeholder:"FILE.jsonl" type:"path"`
	DB        string   `name:"db" help:"Keep the database of the rehearsal." placeholder:"FILE" type:"path"`
	Names     bool     `help:"Show people's names. Without it they are masked."`
}

// Help says more than one line.
func (rehearseCmd) Help() string {
	return `Nothing is sent, and the export is only read. Consent is assumed of everybody addressed; a rule whose group nobody belongs to is off, and named.

  gofirst rehearse export.zip --helpers auto
  gofirst rehearse export.zip --helpers auto --leaders tom,amina --out report.html
  gofirst rehearse export.zip --helpers helpers.txt --zone Europe/Paris --hours "Mon-Thu 09:00-17:00"`
}

// Run rehearses and reports.
func (c *rehearseCmd) Run(ctx context.Context, std *stdio) error {
	start := std.clock()
	o, err := c.options()
	if err != nil {
		return wrong(err)
	}
	record, err := openRecord(c.Export)
	if err != nil {
		return err
	}
	defer record.Close()
	key := store.Key{} // the same for every rehearsal: nothing of it leaves this process but the report
	if o.Store, err = store.OpenWith(ctx, c.database(), key, steady()); err != nil {
		return err
	}
	progress := newProgress(std.err)
	o.Progress = progress.show
	names := c.namer(ctx, record)
	lines := c.collect(&o)
	result, err := replay.Rehearse(ctx, record, o)
	progress.end()
	if err := errors.Join(err, o.Store.Close()); err != nil {
		return err
	}
	if err := c.writeSaid(*lines, names); err != nil {
		return err
	}
	return c.report(std, result, names, o.Zone, std.clock().Sub(start))
}

// steady gives the same numbers in every run, so that two runs give the same report.
func steady() io.Reader { return rand.NewChaCha8([32]byte{}) }

func (c *rehearseCmd) database() string {
	if c.DB == "" {
		return ":memory:"
	}
	return c.DB
}

func (c *rehearseCmd) options() (o replay.Options, err error) {
	if c.DB != "" {
		if _, err := os.Stat(c.DB); err == nil {
			return o, fmt.Errorf("--db: %s is there already; name a new file", c.DB)
		}
	}
	books, err := builtinBooks()
	if err != nil {
		return o, err
	}
	if c.Folder != "" {
		own, err := booksIn(c.Folder)
		if err != nil {
			return o, err
		}
		books = mergeBooks(books, own)
	}
	o = replay.Options{Playbooks: playbooksOf(books), Only: c.Playbook, Rooms: c.Rooms, Patience: c.Patience, Topics: c.Questions != ""}
	if o.Zone, err = time.LoadLocation(c.Zone); err != nil {
		return o, fmt.Errorf("--zone: there is no time zone %q; names look like Europe/Paris", c.Zone)
	}
	if o.Week, err = calendar.ParseTimetable(c.Hours); err != nil {
		return o, fmt.Errorf("--hours: %w", err)
	}
	if o.Since, err = dayOption("--since", c.Since, o.Zone, 0); err != nil {
		return o, err
	}
	if o.Until, err = dayOption("--until", c.Until, o.Zone, 1); err != nil {
		return o, err
	}
	return o, c.people(&o)
}

// dayOption reads a day; the moment is its beginning, or that of as many days later.
func dayOption(name, text string, zone *time.Location, later int) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	d, err := calendar.ParseDate(text)
	if err != nil {
		return time.Time{}, fmt.Errorf("%s: %q is no day; write it as 2021-03-31", name, text)
	}
	return d.AddDays(later).At(0, zone), nil
}

func (c *rehearseCmd) people(o *replay.Options) (err error) {
	if c.Helpers == "auto" {
		o.AutoHelpers = true
	} else if o.Helpers, err = nameList("--helpers", c.Helpers); err != nil {
		return err
	}
	if c.Leaders == "auto" {
		o.AutoLeaders = true
	} else if o.Leaders, err = nameList("--leaders", c.Leaders); err != nil {
		return err
	}
	if c.Hosts == "auto" {
		o.AutoHosts = true
		return nil
	}
	o.Hosts, err = nameList("--hosts", c.Hosts)
	return err
}

// nameList reads names from a file, one a line, or from the text itself, separated by commas.
func nameList(option, text string) ([]string, error) {
	if text == "" {
		return nil, nil
	}
	file, err := os.Open(text)
	if err != nil {
		if strings.ContainsAny(text, "/\\") {
			return nil, fmt.Errorf("%s: %w", option, err)
		}
		return fields(strings.Split(text, ",")), nil
	}
	defer file.Close()
	var lines []string
	scan := bufio.NewScanner(file)
	for scan.Scan() {
		lines = append(lines, scan.Text())
	}
	if err := scan.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", option, err)
	}
	return fields(lines), nil
}

// fields trims names and drops empty ones and comments.
func fields(names []string) []string {
	var out []string
	for _, n := range names {
		if n = strings.TrimSpace(n); n != "" && !strings.HasPrefix(n, "#") {
			out = append(out, n)
		}
	}
	return out
}

func (c *rehearseCmd) report(std *stdio, r *replay.Result, names replay.Namer, zone *time.Location, took time.Duration) error {
	if c.Questions != "" {
		if err := writeFile(c.Questions, func(w io.Writer) error { return r.WriteTopics(w, names) }); err != nil {
			return err
		}
	}
	if c.Out != "" {
		title := strings.TrimSuffix(filepath.Base(c.Export), filepath.Ext(c.Export))
		if err := writeFile(c.Out, func(w io.Writer) error { return r.WriteHTML(w, names, zone, title) }); err != nil {
			return err
		}
	}
	if c.JSON {
		return r.WriteJSON(std.out, names, took)
	}
	return r.WriteText(std.out, names, zone)
}

// writeFile writes a file whole or not at all.
func writeFile(path string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".gofirst-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	w := bufio.NewWriter(f)
	if err := errors.Join(write(w), w.Flush(), f.Chmod(0o644), f.Close()); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return os.Rename(f.Name(), path)
}
