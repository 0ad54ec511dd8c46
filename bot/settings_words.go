package bot

import (
	"slices"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/playbooks"
)

// wish is what somebody said about a playbook's settings.
type wish struct {
	book     *playbooks.Playbook
	left     []token
	given    map[string]any
	inRooms  bool   // words that mean nothing else are names of rooms
	here     string // the room in which it is said; empty in a conversation with the bot
	only     bool   // the rooms that are named are all
	now      bool   // without asking back
	problems []problem
}

// problem is what was not understood: the name of a text, and what fills it.
type problem struct {
	id   string
	fill holes
}

// readWish reads settings in any order, with or without small words between: "in #help patience eager".
func readWish(book *playbooks.Playbook, list []token, here string) *wish {
	w := &wish{book: book, left: list, given: map[string]any{}, here: here}
	for len(w.left) > 0 {
		tok := w.left[0]
		w.left = w.left[1:]
		w.read(tok)
	}
	return w
}

func (w *wish) read(tok token) {
	word := normal(tok.word)
	s := w.setting(word)
	switch {
	case word == "" && tok.channel != "":
		w.room(tok.channel)
	case s != nil && s.Type == "channels":
		w.inRooms = true
	case s != nil:
		w.value(s, tok.channel)
	case slices.Contains([]string{"in", "dans", "sur", "canal", "canaux", "salon", "salons"}, word):
		w.inRooms = true
	case isFiller(word) || w.choice(word) || w.said(word):
	case w.inRooms:
		w.room("#" + tok.word)
	default:
		w.problem("setting.unknown", holes{"word": {chat.Code(tok.word)}, "names": codes(w.names())})
	}
}

func isFiller(word string) bool {
	return slices.Contains([]string{"", "with", "and", "the", "to", "is", "for", "please", "yes", "avec", "et", "le", "la", "les", "pour", "est", "oui", "on"}, word)
}

// said takes the words that are about the wish as a whole.
func (w *wish) said(word string) bool {
	switch word {
	case "only", "just", "seulement", "uniquement":
		w.only = true
	case "now", "maintenant", "--yes", "--now":
		w.now = true
	case "here", "ici":
		if w.here == "" {
			return false
		}
		w.room(w.here)
	default:
		return false
	}
	return true
}

// setting finds the setting that a word names, or nearly so.
func (w *wish) setting(word string) *playbooks.Setting {
	if s := w.book.Setting(word); s != nil || len(word) < 4 {
		return s
	}
	return w.book.Setting(playbooks.Nearest(word, w.names()))
}

func (w *wish) names() (names []string) {
	for _, s := range w.book.Settings {
		names = append(names, s.Name)
	}
	return names
}

// room adds a room to the setting that lists them.
func (w *wish) room(channel string) {
	for _, s := range w.book.Settings {
		if s.Type == "channels" {
			list, _ := w.given[s.Name].([]string)
			if !slices.Contains(list, channel) {
				w.given[s.Name] = append(list, channel)
			}
			return
		}
	}
	w.problem("setting.no_room_wanted", nil)
}

// choice takes a value without its name, where it can only be meant for one setting.
func (w *wish) choice(word string) bool {
	var of *playbooks.Setting
	for i, s := range w.book.Settings {
		if s.Type == "choice" && slices.Contains(s.Of, word) {
			if of != nil {
				return false
			}
			of = &w.book.Settings[i]
		}
	}
	if of == nil {
		return false
	}
	w.given[of.Name] = word
	return true
}

// value takes what follows a setting's name. A name after its value is no mistake.
func (w *wish) value(s *playbooks.Setting, channel string) {
	name := s.Name
	if channel != "" {
		name += "@" + channel
	}
	for len(w.left) > 0 && w.left[0].channel == "" && isFiller(normal(w.left[0].word)) {
		w.left = w.left[1:]
	}
	for n := min(3, len(w.left)); n > 0; n-- {
		raw := meant(s, w.left[:n])
		if _, err := s.Value(raw); err != nil {
			continue
		}
		w.left = w.left[n:]
		if channel != "" && !s.PerChannel {
			w.problem("setting.everywhere", holes{"name": {chat.Code(s.Name)}})
			return
		}
		w.given[name] = raw
		return
	}
	if _, done := w.given[name]; !done {
		w.wants(s)
	}
}

// wants says what a setting takes, and passes over what was said instead.
func (w *wish) wants(s *playbooks.Setting) {
	said := ""
	if len(w.left) > 0 {
		said, w.left = w.left[0].word, w.left[1:]
	}
	w.problem("setting.wants."+s.Type, holes{"name": {chat.Code(s.Name)}, "word": {chat.Code(said)}, "names": codes(s.Of)})
}

// meant joins words to what a setting may be given; of choices and roles the nearest.
func meant(s *playbooks.Setting, list []token) string {
	var words []string
	for _, tok := range list {
		words = append(words, tok.word)
	}
	raw := strings.Join(words, " ")
	known := s.Of
	if s.Type == "role" {
		known = playbooks.Roles
	}
	if near := playbooks.Nearest(normal(raw), known); near != "" {
		return near
	}
	return raw
}

func (w *wish) problem(id string, fill holes) {
	w.problems = append(w.problems, problem{id, fill})
}

func codes(words []string) []chat.Node {
	var list [][]chat.Node
	for _, word := range words {
		list = append(list, []chat.Node{chat.Code(word)})
	}
	return joinNodes(", ", list...)
}
