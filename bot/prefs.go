package bot

import (
	"slices"
	"strings"

	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/gofirst/gofirst/bot/chat"
)

// mePrefs lists the preferences, or sets one.
func (t *turn) mePrefs(c *call) error {
	if len(c.words) > 1 {
		return t.setPrefs(c, c.words[1:])
	}
	t.answer(c.reply, t.prefsPage(c))
	return nil
}

// isDefault reports whether a word takes a choice back.
func isDefault(s string) bool {
	return slices.Contains([]string{"default", "defaut", "par defaut", "reset", "standard"}, normal(s))
}

// setPrefs takes a name and a value in either order, or a value alone where it can mean only one thing.
func (t *turn) setPrefs(c *call, words []string) error {
	p := prefsOf(c.who)
	at, found := namedPref(words)
	if !found {
		return t.guessPref(c, p, strings.Join(words, " "))
	}
	item := at.pref
	value := strings.Join(slices.Delete(slices.Clone(words), at.word, at.word+1), " ")
	fill := holes{"example": {chat.Code(t.texts.word(c.g, "pref.example."+item.name))}}
	read, ok := item.read(strings.Trim(value, " =:"))
	if !ok && !isDefault(value) {
		return t.tellBack(c, "pref.accepts."+item.name, fill)
	}
	*item.value(&p) = read
	return t.keepPrefs(c, p, item)
}

type prefAt struct {
	pref pref
	word int
}

// namedPref finds which preference is meant: the first word that names one.
func namedPref(words []string) (prefAt, bool) {
	for i, word := range words {
		name := strings.Trim(normal(word), "=:")
		for _, item := range prefTable() {
			if name == item.name || slices.Contains(item.words, name) {
				return prefAt{item, i}, true
			}
		}
	}
	return prefAt{}, false
}

func isPrefWord(word string) bool {
	_, ok := namedPref([]string{word})
	return ok
}

func (t *turn) guessPref(c *call, p prefs, value string) error {
	if isDefault(value) {
		return t.keepPrefs(c, prefs{Pauses: p.Pauses}, pref{})
	}
	for _, item := range prefTable() {
		if read, ok := item.read(value); ok {
			*item.value(&p) = read
			return t.keepPrefs(c, p, item)
		}
	}
	return t.tellBack(c, "pref.unclear", nil)
}

// keepPrefs stores the preferences and answers in the language that they now say.
func (t *turn) keepPrefs(c *call, p prefs, item pref) error {
	was := prefsOf(c.who).recognition()
	c.who.Prefs = p.String()
	c.g = t.tongueOf(c.who)
	if p.recognition() != was {
		if err := t.tx.UpdatePerson(c.who); err != nil {
			return err
		}
		if err := t.chosen(c.who.ID); err != nil {
			return err
		}
	}
	if item.name == "" {
		return t.keepPerson(c, "pref.cleared", nil)
	}
	return t.keepPerson(c, "pref.set", holes{
		"name": text(t.texts.word(c.g, "pref.name."+item.name)), "value": t.prefValue(c, item),
	})
}

func (t *turn) prefsPage(c *call) []chat.Node {
	p := t.page(c.g)
	p.say("pref.head", nil)
	own := prefsOf(c.who)
	for _, item := range prefTable() {
		id := "pref.line"
		if *item.value(&own) != "" {
			id = "pref.line_chosen"
		}
		p.say(id, holes{
			"name": text(t.texts.word(c.g, "pref.name."+item.name)), "value": t.prefValue(c, item),
			"example": {chat.Code(t.texts.word(c.g, "pref.example."+item.name))},
		})
	}
	p.say("pref.foot", nil)
	return p.body
}

// prefValue says what holds for the person now, chosen or not.
func (t *turn) prefValue(c *call, item pref) []chat.Node {
	own := prefsOf(c.who)
	switch item.name {
	case "language":
		return text(t.texts.word(c.g, "pref.language."+c.g.language))
	case "address":
		if c.g.formal {
			return text("vous")
		}
		return text("tu")
	case "rescue":
		return text(t.texts.word(c.g, "pref.rescue."+strings.ReplaceAll(own.rescue(), " ", "_")))
	case "recognition":
		return text(t.texts.word(c.g, "pref.recognition."+own.recognition()))
	case "zone":
		return text(c.g.zone.String())
	}
	return text(t.hoursWords(c.g, t.hoursOf(c.who).Week))
}

// hoursWords gives hours as they are typed in a language.
func (t *turn) hoursWords(g tongue, week calendar.Timetable) string {
	var pairs []string
	for _, word := range hourWords() {
		pairs = append(pairs, word, t.texts.word(g, "hours."+strings.ToLower(word)))
	}
	return strings.NewReplacer(pairs...).Replace(week.String())
}

// hourWords are the words that a timetable writes.
func hourWords() []string { return []string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "never"} }
