package bot

import (
	"regexp"
	"strings"

	"github.com/gofirst/gofirst/bot/calendar"
)

// pref is one preference: what calls it, where it stands, and how its value is read.
type pref struct {
	name  string
	words []string
	value func(*prefs) *string
	read  func(string) (string, bool)
}

// prefTable lists the preferences in the order in which they are shown, and, for a value without a name, tried.
func prefTable() []pref {
	return []pref{
		{"language", []string{"lang", "langue"}, func(p *prefs) *string { return &p.Language }, oneOf(languageWords())},
		{"address", []string{"adresse", "tutoiement", "vouvoiement"}, func(p *prefs) *string { return &p.Address }, oneOf(addressWords())},
		{"rescue", []string{"secours", "entraide"}, func(p *prefs) *string { return &p.Rescue }, oneOf(rescueWords())},
		{"recognition", []string{"reconnaissance", "thanks", "merci", "mercis"}, func(p *prefs) *string { return &p.Recognition }, oneOf(recognitionWords())},
		{"zone", []string{"timezone", "fuseau", "tz"}, func(p *prefs) *string { return &p.Zone }, readZone},
		{"hours", []string{"horaires", "horaire", "heures", "hour"}, func(p *prefs) *string { return &p.Hours }, readHours},
	}
}

func languageWords() map[string]string {
	return map[string]string{"en": "en", "english": "en", "anglais": "en", "fr": "fr", "french": "fr", "francais": "fr"}
}

func addressWords() map[string]string {
	return map[string]string{"tu": "tu", "vous": "vous", "tutoiement": "tu", "vouvoiement": "vous"}
}

func rescueWords() map[string]string {
	return map[string]string{
		"ask me": "ask me", "ask me first": "ask me", "me demander": "ask me", "demande-moi": "ask me", "demandez-moi": "ask me",
		"me demander d'abord": "ask me",
		"just ask":            "just ask", "demander": "just ask", "demande": "just ask", "demander directement": "just ask", "directement": "just ask",
		"leave mine alone": "leave mine alone", "leave": "leave mine alone", "leave alone": "leave mine alone",
		"laisse": "leave mine alone", "laisser": "leave mine alone", "laissez": "leave mine alone", "ne rien faire": "leave mine alone",
	}
}

func recognitionWords() map[string]string {
	return map[string]string{
		"public": "public", "everyone": "public", "publique": "public", "team": "team", "my team": "team", "equipe": "team",
		"mon equipe": "team", "private": "private", "only me": "private", "prive": "private", "privee": "private",
		"moi": "private", "none": "none", "aucune": "none", "rien": "none",
	}
}

func oneOf(words map[string]string) func(string) (string, bool) {
	return func(s string) (string, bool) {
		value, ok := words[normal(s)]
		return value, ok
	}
}

// readZone takes "Europe/Paris", and "paris" where only the region is missing.
func readZone(s string) (string, bool) {
	words := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '_' })
	for i, w := range words {
		parts := strings.Split(w, "/")
		for j, part := range parts {
			if part != strings.ToUpper(part) && part != "" {
				parts[j] = strings.ToUpper(part[:1]) + part[1:]
			}
		}
		words[i] = strings.Join(parts, "/")
	}
	name := strings.Join(words, "_")
	if name == "" || strings.EqualFold(name, "local") {
		return "", false
	}
	for _, region := range []string{"", "Europe/", "America/", "Africa/", "Asia/", "Australia/", "Pacific/", "Atlantic/", "Indian/"} {
		if zone := location(region + name); zone != nil {
			return zone.String(), true
		}
	}
	return "", false
}

// bareHours are hours without minutes, such as 9-17.
var bareHours = regexp.MustCompile(`(^|[\s,;])(\d{1,2})\s*[-–]\s*(\d{1,2})($|[\s,;])`)

// readHours takes what a timetable takes, and "9-17".
func readHours(s string) (string, bool) {
	if !strings.ContainsAny(s, "0123456789") && normal(s) != "never" && normal(s) != "jamais" {
		return "", false
	}
	for range 2 { // neighbours share the comma between them
		s = bareHours.ReplaceAllString(s, "${1}${2}:00-${3}:00${4}")
	}
	week, err := calendar.ParseTimetable(s)
	return week.String(), err == nil
}
