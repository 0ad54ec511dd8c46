package playbooks

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"math"
	"path"
	"regexp"
	"strconv"
	"strings"

	"github.com/gofirst/gofirst/bot/calendar"
)

// Load reads one playbook. file is its name, for messages; a playbook's id is the file's name without ".yaml".
// The error joins all problems found, each a *Problem.
func Load(file string, text []byte) (*Playbook, error) {
	s, top, ok := readSource(file, text)
	if !ok {
		return nil, s.err()
	}
	sum := sha256.Sum256(text)
	p := &Playbook{File: file, Hash: hex.EncodeToString(sum[:8])}
	l := &loader{playbook: p}
	l.playbookKeys(top)
	l.finish()
	if err := s.err(); err != nil {
		return nil, err
	}
	return p, nil
}

func (s *source) err() error {
	var all []error
	for _, p := range s.problems {
		all = append(all, p)
	}
	return errors.Join(all...)
}

// loader reads one file into one playbook. Rules are read last, because they refer to settings.
type loader struct {
	playbook *Playbook
	again    []reference // texts that say another rule's text again
	answers  []reference // answers that a rule waits for, to be asked under that name
	asks     map[string]bool
	said     []spoken
}

// spoken is what a rule says to somebody, by their part in it, or to a room, where whom is empty.
type spoken struct {
	rule *Rule
	whom string
	text *Text
	at   value
}

// reference is "text: RULE" or "answered: NAME".
type reference struct {
	text *Text
	rule string
	at   value
}

var idPattern = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// IsID reports whether a playbook may have this name.
func IsID(name string) bool { return idPattern.MatchString(name) }

var topKeys = []string{"playbook", "about", "hypothesis", "harm", "measure", "stop", "settings", "rules"}

func (l *loader) playbookKeys(top value) {
	p := l.playbook
	if !isMapping(top) {
		top.refuse("wants keys and values here")
		return
	}
	var rules value
	seen := map[string]bool{}
	for _, f := range top.fields(topKeys...) {
		seen[f.key] = true
		switch f.key {
		case "playbook":
			if id, ok := f.value.text(); ok {
				p.ID = id
				l.checkID(f.value)
			}
		case "about":
			p.About = *l.text(f.value)
		case "hypothesis":
			p.Hypothesis = *l.text(f.value)
		case "harm":
			p.Harm = *l.text(f.value)
		case "measure":
			p.Measure = measure(f.value)
		case "stop":
			p.Stop = stop(f.value)
		case "settings":
			p.Settings = l.settings(f.value)
		case "rules":
			rules = f.value
		}
	}
	for _, key := range topKeys {
		if !seen[key] && key != "settings" {
			top.fail("the key %q is missing", key)
		}
	}
	if rules.node != nil {
		l.rules(rules)
	}
}

func (l *loader) checkID(at value) {
	id := l.playbook.ID
	if !idPattern.MatchString(id) {
		at.fail("a playbook's name is made of small letters, digits and single hyphens, not %q", id)
		return
	}
	want := strings.TrimSuffix(path.Base(l.playbook.File), path.Ext(l.playbook.File))
	if id != want {
		at.fail("the playbook %q stands in a file called %q; the two names are the same", id, path.Base(l.playbook.File))
	}
}

func measure(v value) (m Measure) {
	for _, f := range v.fields("practice", "window", "delay") {
		switch f.key {
		case "practice":
			m.Practice, _ = f.value.text()
		case "window":
			m.Window = wait(f.value)
		case "delay":
			m.Delay = percent(f.value)
		}
	}
	return m
}

func stop(v value) (s Stop) {
	for _, f := range v.fields("harm", "after") {
		switch f.key {
		case "harm":
			s.Harm = float(f.value)
		case "after":
			s.After = wait(f.value)
		}
	}
	return s
}

func wait(v value) calendar.Wait {
	text, ok := v.text()
	if !ok {
		return calendar.Wait{}
	}
	w, err := calendar.ParseWait(text)
	if err != nil {
		v.fail("%v", err)
	}
	return w
}

func float(v value) float64 {
	text, ok := v.text()
	if !ok {
		return 0
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || !(f >= 0) || math.IsInf(f, 0) {
		v.fail("wants a number of 0 or more, not %q", text)
	}
	return f
}

func percent(v value) float64 {
	text, _ := v.text()
	f, err := strconv.ParseFloat(strings.TrimSuffix(text, "%"), 64)
	if err != nil || !(f >= 0 && f <= 50) || !strings.HasSuffix(text, "%") {
		v.fail("wants a share from 0%% to 50%%, not %q", text)
	}
	return f / 100
}

// text reads a text in each language: {en: …, fr: …}, where each is a string or a list of variants, and French
// may be {tu: …, vous: …}.
func (l *loader) text(v value) *Text {
	t := &Text{ByLanguage: map[string]Variants{}, Line: v.line()}
	for _, f := range v.fields(Languages...) {
		switch {
		case f.key == "fr" && isMapping(f.value):
			for _, form := range f.value.fields("tu", "vous") {
				t.ByLanguage[map[string]string{"tu": "fr", "vous": "fr-vous"}[form.key]] = variants(form.value)
			}
			if len(t.ByLanguage["fr"]) == 0 || len(t.ByLanguage["fr-vous"]) == 0 {
				f.at.fail("wants both tu and vous, or one text for both")
			}
		default:
			t.ByLanguage[f.key] = variants(f.value)
		}
	}
	for _, language := range Languages {
		if len(t.ByLanguage[language]) == 0 && isMapping(v) {
			v.fail("the language %q is missing", language)
		}
	}
	return t
}

func variants(v value) Variants {
	var out Variants
	for _, item := range v.list() {
		text, ok := item.text()
		if !ok {
			continue
		}
		if _, err := Pieces(text); err != nil {
			item.fail("%v", err)
		}
		if strings.TrimSpace(text) == "" {
			item.fail("the text is empty")
		}
		out = append(out, text)
	}
	return out
}

// textOrRule reads a text, or the name of a rule whose text is said again.
func (l *loader) textOrRule(v value) *Text {
	if isMapping(v) {
		t := l.text(v)
		v.checkHoles(t, messageHoles())
		return t
	}
	name, ok := v.text()
	if !ok {
		return &Text{}
	}
	t := &Text{Line: v.line()}
	l.again = append(l.again, reference{text: t, rule: name, at: v})
	return t
}
