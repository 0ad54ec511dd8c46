package playbooks

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/calendar"
)

// Planned names the settings that a schedule takes its parts from; empty where the part stands in the rule itself.
type Planned struct{ Every, Day, At string }

// names lists the settings that there are.
func (p Planned) names() []string {
	return slices.DeleteFunc([]string{p.Every, p.Day, p.At}, func(name string) bool { return name == "" })
}

// Uses reports whether a setting, or what it is in one room, moves the schedule.
func (t OnSchedule) Uses(setting string) bool {
	name, _, _ := strings.Cut(setting, "@")
	return name != "" && slices.Contains(t.From.names(), name)
}

// Planned is the schedule of a rule as it is in a room; of a rule that waits for something else, none.
func (b Bound) Planned(channel string) calendar.Schedule {
	t, _ := b.Rule.When.(OnSchedule)
	s := t.Schedule
	word := func(name string) string {
		text, _ := b.Instance.Settings.In(channel, name).(string)
		return text
	}
	if every, ok := rhythms[word(t.From.Every)]; ok {
		s.Every = every
	}
	if day, ok := weekdays[word(t.From.Day)]; ok {
		s.On = day
	}
	if at, err := calendar.ParseTimeOfDay(word(t.From.At)); err == nil && t.From.At != "" {
		s.At = at
	}
	return s
}

// Rhythm is the word by which playbooks call a rhythm.
func Rhythm(r calendar.Rhythm) string {
	for word, rhythm := range rhythms {
		if rhythm == r {
			return word
		}
	}
	return ""
}

// every reads a rhythm, or the choice that names one.
func (l *loader) every(t *OnSchedule, v value) {
	word, ok := v.text()
	if ok && l.playbook.Setting(word) == nil || rhythms[word] != 0 {
		word = oneOf(v, []string{"day", "week", "fortnight", "month"})
	} else if ok {
		t.From.Every, word = word, l.planned(v, "choice", known(rhythms))
	}
	t.Schedule.Every = rhythms[word]
}

// day reads a weekday, "busy", or the choice that names a weekday.
func (l *loader) day(t *OnSchedule, v value) {
	word, ok := v.text()
	_, isDay := weekdays[word]
	switch {
	case !ok:
	case word == "busy":
		t.Busy = true
	case isDay:
		t.Schedule.On = weekdays[word]
	case l.playbook.Setting(word) != nil:
		t.From.Day = word
		t.Schedule.On = weekdays[l.planned(v, "choice", known(weekdays))]
	default:
		v.fail("a day is monday to sunday, busy, or a setting, not %q%s", word, didYouMean(word, slices.Concat(known(weekdays), l.playbook.settingNames())))
	}
}

// at reads a time of day, or the setting that is one.
func (l *loader) at(t *OnSchedule, v value) {
	word, ok := v.text()
	if !ok || l.playbook.Setting(word) == nil {
		t.Schedule.At = timeOfDay(v)
		return
	}
	t.From.At = word
	t.Schedule.At, _ = calendar.ParseTimeOfDay(l.planned(v, "time", nil))
}

// planned checks the setting that stands where a part of a schedule does, and gives its default: what is planned is
// planned in every room, also in those where nobody chose.
func (l *loader) planned(v value, kind string, allowed []string) string {
	s := l.playbook.Setting(l.settingNamed(v, kind))
	byDefault, _ := s.Default.(string)
	if s.Type != kind {
		return "" // said already
	}
	if byDefault == "" {
		v.fail("the setting %q wants a default here: a schedule is never without one", s.Name)
	}
	odd := slices.IndexFunc(s.Of, func(word string) bool { return allowed != nil && !contains(allowed, word) })
	if odd >= 0 {
		v.fail("the setting %q may be %q; here it is one of %s", s.Name, s.Of[odd], strings.Join(allowed, ", "))
	}
	return byDefault
}

// known lists the words of a table, in the order of what they mean: days from Sunday, rhythms from the quickest.
func known[V time.Weekday | calendar.Rhythm](words map[string]V) []string {
	return slices.SortedFunc(maps.Keys(words), func(a, b string) int { return int(words[a]) - int(words[b]) })
}
