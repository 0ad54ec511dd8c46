package main

import (
	"bytes"
	"embed"
	"fmt"
	"slices"
	"strings"
	"text/template"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

//go:embed pack/*.md pack/*.yaml
var packTexts embed.FS

// dossier is what the templates are filled with. It is made of the configuration, the playbooks and the program's own
// tables; nobody is asked for anything, and no secret is read.
type dossier struct {
	Language    string
	Version     string
	Date        string // of the day, as 2006-01-02
	Mark        string
	Config      string // the file
	Database    string
	Key         string
	Runs        string // empty: the configuration does not say
	Stewards    []string
	Candidates  []string // the roles for which somebody is to be asked, by name; never who
	Connections []connected
	Services    []asking
	Listen, URL string
	Zone, Hours string
	Kept        []bot.Kept
	Terms       store.Terms
	Limits      bot.Limits
	Books       []played
}

// connected is a connection, as far as people want to know.
type connected struct {
	Name, Service, Server string
	Teams                 []string
	Local, Everywhere     bool
	Doors                 bool // the service calls the bot
}

// asking is a service and all that it is asked for, each by name with its reason.
type asking struct {
	Service string
	Asks    [][2]string
}

func dossierOf(c *config, language string, b build, now time.Time) (*dossier, error) {
	d := &dossier{
		Language: language, Version: b.shown(), Date: now.In(c.zone).Format(time.DateOnly), Mark: packMark,
		Config: c.file, Database: c.database, Key: c.keyFile, Runs: c.whoRuns(), Listen: c.listen, URL: c.url,
		Zone: c.zone.String(), Terms: store.Retention(), Limits: bot.CommonLimits(),
	}
	for _, s := range c.stewardList() {
		d.Stewards = append(d.Stewards, s.Name)
	}
	if err := d.engineSays(c); err != nil {
		return nil, err
	}
	if err := d.connect(c.connections); err != nil {
		return nil, err
	}
	var err error
	d.Books, err = playedBy(c, language)
	return d, err
}

// engineSays notes what the engine has its own words for.
func (d *dossier) engineSays(c *config) (err error) {
	for _, role := range keys(c.groups) {
		name, err := bot.RoleNamed(d.Language, role)
		if err != nil {
			return err
		}
		d.Candidates = append(d.Candidates, name)
	}
	if d.Hours, err = bot.HoursNamed(d.Language, c.hours); err != nil {
		return err
	}
	d.Kept, err = bot.KeptIn(d.Language)
	return err
}

// connect notes the connections, and each service once.
func (d *dossier) connect(connections []connecting) error {
	reasons, err := packReasons(d.Language)
	if err != nil {
		return err
	}
	for _, c := range connections {
		s := services()[c.kind]
		d.Connections = append(d.Connections, connected{
			Name: c.name, Service: s.title, Server: c.server, Teams: c.teams, Local: !c.remote, Everywhere: s.everywhere, Doors: c.doors,
		})
		known := slices.ContainsFunc(d.Services, func(a asking) bool { return a.Service == s.title })
		if len(s.asks) > 0 && !known {
			d.Services = append(d.Services, asking{s.title, d.asks(s, reasons[c.kind])})
		}
	}
	return nil
}

// asks gives what a service is asked for, with the adapter's reasons, or those of another language.
func (d *dossier) asks(s service, reasons map[string]string) (out [][2]string) {
	for _, a := range s.asks {
		why := a.reason("without it")
		if reasons != nil {
			why = playbooks.Typeset(d.Language, reasons[a.name])
		}
		out = append(out, [2]string{a.shown(byHand(d.Language)), why})
	}
	return out
}

func byHand(language string) string {
	return map[string]string{"en": "switched on by hand", "fr": "à activer à la main"}[language]
}

// packReasons are, by kind and name, the reasons for what a service is asked for, in a language that the adapters do
// not speak themselves; nil where they do.
func packReasons(language string) (reasons map[string]map[string]string, err error) {
	if language == "en" {
		return nil, nil
	}
	text, err := packTexts.ReadFile("pack/scopes." + language + ".yaml")
	if err != nil {
		return nil, err
	}
	return reasons, yaml.Unmarshal(text, &reasons)
}

// write fills the template of the dossier's language, in a format.
func (d *dossier) write(format string) ([]byte, error) {
	name := "dossier." + d.Language + ".md"
	t, err := template.New(name).Funcs(template.FuncMap{
		"md": markdown, "code": code, "codes": codes, "nodes": markdownOf, "join": strings.Join,
	}).ParseFS(packTexts, "pack/"+name)
	if err != nil {
		return nil, fmt.Errorf("read the dossier's template: %w", err)
	}
	var b bytes.Buffer
	if err := t.Execute(&b, d); err != nil {
		return nil, fmt.Errorf("fill the dossier: %w", err)
	}
	if format == "html" {
		return packHTML(d, b.String())
	}
	return b.Bytes(), nil
}

// On counts the playbooks that the configuration turns on.
func (d *dossier) On() (n int) {
	for _, p := range d.Books {
		if p.On {
			n++
		}
	}
	return n
}

// HistoryDays is how far back the doctor reads, if it is asked to.
func (d *dossier) HistoryDays() int { return historyDays }

// Everywhere reports whether a connection hears every room that it may see.
func (d *dossier) Everywhere() bool {
	return slices.ContainsFunc(d.Connections, func(c connected) bool { return c.Everywhere })
}

// Invited reports whether a service lets people invite the bot into single rooms.
func (d *dossier) Invited() bool {
	return slices.ContainsFunc(d.Connections, func(c connected) bool { return !c.Local && !c.Everywhere })
}

// Doors reports whether a service calls the bot.
func (d *dossier) Doors() bool {
	return slices.ContainsFunc(d.Connections, func(c connected) bool { return c.Doors })
}
