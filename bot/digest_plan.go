package bot

import (
	"slices"
	"strings"

	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/playbooks"
)

// plan is what somebody said of when, and in which language, a digest is to come. Empty is as it was.
type plan struct {
	every, day, at string // as settings have them
	language, zone string
	problems       []problem
}

// readPlan reads a plan in any order and either language: "friday 15:00 every other week", "vendredi 15h fr".
func readPlan(words []string) plan {
	var p plan
	known := planWords()
	for len(words) > 0 {
		words = words[p.read(words, known):]
	}
	return p
}

// read takes what the words begin with, the longest that means something, and says how many that were.
func (p *plan) read(words []string, known map[string]planWord) int {
	for n := min(4, len(words)); n > 0; n-- {
		if w, ok := known[normal(strings.Join(words[:n], " "))]; ok {
			p.set(w)
			return n
		}
	}
	if len(words) > 1 && normal(words[1]) == "h" {
		if at, ok := clockTime(words[0] + "h"); ok {
			p.at = at
			return 2
		}
	}
	p.readOne(words[0], known)
	return 1
}

func (p *plan) readOne(word string, known map[string]planWord) {
	if at, ok := clockTime(word); ok {
		p.at = at
		return
	}
	if zone, ok := readZone(word); ok && len(word) > 2 {
		p.zone = zone
		return
	}
	long := slices.DeleteFunc(sortedKeys(known), func(k string) bool { return len(k) < 4 }) // near a short word is everything
	if near := playbooks.Nearest(normal(word), long); near != "" {
		p.problems = append(p.problems, problem{"digest.plan.near", holes{"word": {chat.Code(word)}, "near": {chat.Code(near)}}})
		return
	}
	p.problems = append(p.problems, problem{"digest.plan.unknown", holes{"word": {chat.Code(word)}}})
}

func (p *plan) set(w planWord) {
	switch w.part {
	case "every":
		p.every = w.value
	case "day":
		p.day = w.value
	case "language":
		p.language = w.value
	}
}

// planWord is what words mean; of small words, nothing.
type planWord struct{ part, value string }

// planWords are the words by which people say rhythms, days and languages.
func planWords() map[string]planWord {
	known := map[string]planWord{}
	add := func(part, value, words string) {
		for _, word := range strings.Split(words, ", ") {
			known[word] = planWord{part, value}
		}
	}
	add("", "", "at, on, in, by, the, every, each, it, comes, to, please, a, le, les, chaque, tous, toutes, vers, heure, dans")
	add("every", "day", "every day, daily, chaque jour, tous les jours, quotidien")
	add("every", "week", "every week, each week, weekly, chaque semaine, toutes les semaines, hebdomadaire")
	add("every", "fortnight", "every other week, every two weeks, every 2 weeks, every second week, fortnightly, fortnight, biweekly")
	add("every", "fortnight", "une semaine sur deux, 1 semaine sur 2, toutes les deux semaines, toutes les 2 semaines, tous les quinze jours, tous les 15 jours, quinzaine")
	add("every", "month", "every month, monthly, chaque mois, tous les mois, mensuel")
	add("day", "monday", "monday, mondays, mon, lundi, lundis, lun")
	add("day", "tuesday", "tuesday, tuesdays, tue, mardi, mardis, mar")
	add("day", "wednesday", "wednesday, wednesdays, wed, mercredi, mercredis, mer")
	add("day", "thursday", "thursday, thursdays, thu, jeudi, jeudis, jeu")
	add("day", "friday", "friday, fridays, fri, vendredi, vendredis, ven")
	add("day", "saturday", "saturday, saturdays, sat, samedi, samedis, sam")
	add("day", "sunday", "sunday, sundays, sun, dimanche, dimanches, dim")
	for word, language := range languageWords() {
		add("language", language, word)
	}
	return known
}

// clockTime reads "15:00", "15h30", "3pm" and "noon", and gives it as "15:00".
func clockTime(word string) (string, bool) {
	word = normal(word)
	if slices.Contains([]string{"noon", "midi"}, word) {
		return "12:00", true
	}
	figures, afternoon := strings.CutSuffix(word, "pm")
	morning := false
	if !afternoon {
		figures, morning = strings.CutSuffix(word, "am")
	}
	if (afternoon || morning) && !strings.Contains(figures, ":") {
		figures += ":00"
	}
	at, err := calendar.ParseTimeOfDay(figures)
	half := calendar.TimeOfDay(12 * 60)
	if afternoon || morning {
		if at < 60 || at >= half+60 {
			return "", false // there is no 0 o'clock and no 13 on such a clock
		}
		at %= half
	}
	if afternoon {
		at += half
	}
	return at.String(), err == nil
}
