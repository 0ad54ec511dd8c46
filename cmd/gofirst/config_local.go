package main

import (
	"slices"

	"github.com/gofirst/gofirst/bot/chat"
)

// localChat is a chat in this process, as the configuration describes it: who is there, and where they meet.
type localChat struct {
	rooms  []string
	people []chat.Profile
	me     string // whose place the console takes
	file   string // where the chat is kept
}

// readLocalChat checks the section "local" and tells the rest of the configuration which names there are.
func readLocalChat(s *section) localChat {
	v, c := s.value, s.config
	l := localChat{file: c.path("chat.jsonl")}
	var me value
	s.readKeys(map[string]func(value){
		"rooms":  func(v value) { l.rooms = names(v) },
		"people": func(v value) { l.readPeople(v) },
		"me":     func(v value) { l.me, _ = v.text(); me = v },
		"file":   func(v value) { c.readPath(v, &l.file) },
	})
	c.rooms = append(c.rooms, l.rooms...)
	for _, p := range l.people {
		c.people = append(c.people, p.Handle)
	}
	switch {
	case len(l.rooms) == 0 && len(v.doc.problems) == 0:
		v.fail("has no rooms; for instance rooms: [help]")
	case len(l.people) == 0 && len(v.doc.problems) == 0:
		v.fail("has no people; for instance people: {ana: {}, tom: {}}")
	case l.me != "" && !slices.Contains(c.people, l.me):
		me.fail("there is no person %q%s", l.me, listed("known are ", c.people))
	case l.me == "" && len(l.people) > 0:
		l.me = l.people[0].Handle
	}
	c.me = l.me
	return l
}

func (l *localChat) readPeople(v value) {
	for _, f := range v.fields() {
		if !plainName(word{f.key, f.at}) {
			continue
		}
		p := chat.Profile{Handle: f.key}
		f.value.read(map[string]func(value){
			"name":     func(v value) { p.Name, _ = v.text() },
			"language": func(v value) { p.Language, _ = v.text() },
			"zone": func(v value) {
				if zone, ok := readZone(v); ok {
					p.Zone = zone.String()
				}
			},
		})
		l.people = append(l.people, p)
	}
}

// names reads a list of names, each once.
func names(v value) []string {
	var out []string
	for _, w := range v.words() {
		switch {
		case !plainName(w):
		case slices.Contains(out, w.text):
			w.at.fail("%q stands here twice", w.text)
		default:
			out = append(out, w.text)
		}
	}
	return out
}

// plainName refuses what could not be typed after "#" or "@".
func plainName(w word) bool {
	if nameForm().MatchString(w.text) && w.text != botName {
		return true
	}
	w.at.fail("%q is no name: letters, digits, \"-\", \"_\" and \".\", and %q is the bot's", w.text, botName)
	return false
}
