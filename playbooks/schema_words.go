package playbooks

import (
	"slices"
	"strings"
)

// textSchema is a text in each language.
func textSchema() *schema {
	forms := object("", map[string]*schema{
		"tu":   like("phrases", "For somebody who is called tu."),
		"vous": like("phrases", "For somebody who is called vous."),
	}, "tu", "vous")
	languages := map[string]*schema{}
	for _, language := range Languages {
		languages[language] = like("phrases", "")
	}
	languages["fr"] = &schema{Description: "For tu and vous alike, or for each its own.", AnyOf: []*schema{like("phrases", ""), forms}}
	return object("A text, in each language. Holes that are filled for the occasion: "+holeList(), languages, Languages...)
}

func holeList() string { return "{" + strings.Join(Holes, "} {") + "}." }

// phrasesSchema is one way to say something, or several of which one is taken.
func phrasesSchema() *schema {
	phrase := both(
		&schema{Pattern: "^([^{}`]|`[^`]*`|\\{(" + strings.Join(Holes, "|") + ")\\})*$"},
		&schema{Pattern: `\S`},
	)
	phrase.Type = []string{"string", "number", "boolean"}
	return &schema{
		Description: "What is said, or a list of ways to say it, of which one is taken.",
		AnyOf:       []*schema{phrase, {Type: "array", Items: phrase, MinItems: 1}},
	}
}

// waitSchema is how long something takes, in English or in French.
func waitSchema() *schema {
	const clock = `(m|mins?|minutes?|h|hours?|heures?)`
	units := []string{
		clock + `( actives?)?`, `active ` + clock, `working days?`, `jours? ouvrés?`, `d|days?|j|jours?`, `w|weeks?|sem|semaines?`,
	}
	return shaped("How long: minutes or hours, of which with \"active\" only those count in which people work; days, working days or weeks.",
		`^[1-9][0-9]* *(`+strings.Join(units, "|")+`)$`, "15m", "2h", "1h active", "2 working days", "10 days", "2 weeks")
}

func timeSchema(about string) *schema {
	return shaped(about, `^([01]?[0-9]|2[0-3])(:[0-5][0-9]|[hH]([0-5][0-9])?)$`, "09:00")
}

// sayAgain is a text, or the name of a rule whose text is said again.
func sayAgain() *schema {
	return &schema{
		Description: "What is said, in each language; or the name of another rule whose text is said again.",
		AnyOf:       []*schema{like("text", ""), {Type: "string"}},
	}
}

func buttonsSchema() *schema {
	return some(one("What can be pressed under it. The engine has the labels, in each language.", Choices...))
}

// nameOfAsk is the name under which an answer comes back.
func nameOfAsk() *schema {
	return shaped("The name under which its answer comes back to \"answered:\".", idPattern.String(), "invitation")
}

func weekdayNames() []string {
	var out []string
	for name := range weekdays {
		out = append(out, name)
	}
	slices.SortFunc(out, func(a, b string) int { return (int(weekdays[a])+6)%7 - (int(weekdays[b])+6)%7 })
	return out
}
