package replay

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/gofirst/gofirst/playbooks"
)

// headings are the lines that say who and what is there.
var headings = map[string]func(*parser, *line){
	"people":   (*parser).people,
	"rooms":    (*parser).rooms,
	"playbook": (*parser).playbook,
	"start":    (*parser).start,
	"zone":     (*parser).zone,
	"hours":    (*parser).hours,
	"language": (*parser).language,
	"address":  (*parser).address,
	"way":      (*parser).way,
}

var nameShape = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N}_.-]*$`)

func (p *parser) people(l *line) {
	for _, e := range l.entries() {
		given, attributes, _ := strings.Cut(e.text, ":")
		one := person{name: given}
		if !nameShape.MatchString(given) || given == "bot" || given == "silence" {
			l.fail(e.from, "%q is no name; people stand two spaces apart: ana  hal: helper", given)
			continue
		}
		at := e.from + len(given) + 1
		for _, a := range strings.Split(attributes, ",") {
			p.attribute(l, &one, strings.TrimSpace(a), at)
			at += len(a) + 1
		}
		p.now.cast.people = slices.DeleteFunc(p.now.cast.people, func(x person) bool { return x.name == given })
		p.now.cast.people = append(p.now.cast.people, one)
	}
}

// attribute reads what stands after a person's name.
func (p *parser) attribute(l *line, one *person, text string, at int) {
	words := strings.Fields(strings.Replace(text, "candidate:", "candidate", 1))
	switch {
	case len(words) == 0:
	case len(words) == 2 && words[0] == "candidate" && slices.Contains(playbooks.Roles, words[1]):
		one.candidate = append(one.candidate, words[1])
	default:
		for _, word := range words {
			p.trait(l, one, word, at)
		}
	}
}

func (p *parser) trait(l *line, one *person, word string, at int) {
	switch {
	case slices.Contains(playbooks.Roles, word):
		one.roles = append(one.roles, word)
	case slices.Contains(playbooks.Languages, word):
		one.language = word
	case word == "tu", word == "vous":
		one.address = word
	case strings.Contains(word, "/") && isZone(word):
		one.zone = word
	default:
		l.fail(at, "%q is no role, language, tu, vous, or zone; roles are %s", word, strings.Join(playbooks.Roles, ", "))
	}
}

func isZone(name string) bool {
	_, err := time.LoadLocation(name)
	return err == nil
}

var weekdays = map[string]time.Weekday{
	"mon": time.Monday, "tue": time.Tuesday, "wed": time.Wednesday, "thu": time.Thursday,
	"fri": time.Friday, "sat": time.Saturday, "sun": time.Sunday,
}

func (p *parser) rooms(l *line) {
	for _, e := range l.entries() {
		words := strings.Fields(e.text)
		one := room{name: strings.TrimPrefix(words[0], "#")}
		if !strings.HasPrefix(words[0], "#") || !nameShape.MatchString(one.name) {
			l.fail(e.from, "%q is no room; rooms stand two spaces apart: #help  #platform busy: mon tue", words[0])
			continue
		}
		for _, word := range words[1:] {
			day, isDay := weekdays[strings.ToLower(strings.Trim(word, ","))]
			switch {
			case word == "busy:":
			case isDay:
				one.busy = append(one.busy, day)
			case slices.Contains(playbooks.Languages, word):
				one.language = word
			default:
				l.fail(e.from, "%q says nothing of a room; there are busy: mon tue, en and fr", word)
			}
		}
		p.now.cast.rooms = slices.DeleteFunc(p.now.cast.rooms, func(x room) bool { return x.name == one.name })
		p.now.cast.rooms = append(p.now.cast.rooms, one)
	}
}

var settingShape = regexp.MustCompile(`^([a-z][a-z0-9_-]*)(@#\S+)?:\s*(.*)$`)

func (p *parser) playbook(l *line) {
	entries := l.entries()
	if len(entries) == 0 {
		l.fail(len(l.text), "which playbook?")
		return
	}
	one := book{id: entries[0].text, line: l.number, settings: map[string]string{}}
	for _, e := range entries[1:] {
		parts := settingShape.FindStringSubmatch(e.text)
		if parts == nil {
			l.fail(e.from, "a setting reads \"name: value\", and settings stand two spaces apart")
			continue
		}
		one.settings[parts[1]+parts[2]] = parts[3]
	}
	at := slices.IndexFunc(p.now.cast.books, func(b book) bool { return b.id == one.id })
	if at < 0 {
		p.now.cast.books = append(p.now.cast.books, one)
		return
	}
	merged := maps.Clone(p.now.cast.books[at].settings)
	maps.Copy(merged, one.settings)
	one.settings = merged
	p.now.cast.books[at] = one
}

func (p *parser) start(l *line) {
	d, err := calendar.ParseDate(l.rest())
	if err != nil {
		l.fail(l.at, "the first day reads: start 2026-03-02")
		return
	}
	p.now.cast.start = d
}

func (p *parser) zone(l *line) {
	zone, err := time.LoadLocation(l.rest())
	if err != nil || l.rest() == "" || l.rest() == "Local" {
		l.fail(l.at, "there is no time zone %q; one reads: Europe/Paris", l.rest())
		return
	}
	p.now.cast.zone = zone
}

func (p *parser) hours(l *line) {
	week, err := calendar.ParseTimetable(l.rest())
	if err != nil {
		l.fail(l.at, "%v", err)
		return
	}
	p.now.cast.hours = week
}

func (p *parser) language(l *line) {
	if !slices.Contains(playbooks.Languages, l.rest()) {
		l.fail(l.at, "a language is one of %s", strings.Join(playbooks.Languages, ", "))
		return
	}
	p.now.cast.language = l.rest()
}

// Ways are how people can take what a playbook says: they take it up, turn it down, do not answer, or it comes too late.
var Ways = []string{"happy", "refusing", "silent", "late"}

func (p *parser) way(l *line) {
	if !slices.Contains(Ways, l.rest()) {
		l.fail(l.at, "a way is one of %s", strings.Join(Ways, ", "))
		return
	}
	p.now.Way = l.rest()
}

func (p *parser) address(l *line) {
	if l.rest() != "tu" && l.rest() != "vous" {
		l.fail(l.at, "an address is tu or vous")
		return
	}
	p.now.cast.formal = l.rest() == "vous"
}
