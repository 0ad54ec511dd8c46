package bot

import "testing"

func TestParseGiven(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]given{
		"":                                                   {},
		"I drew the plan twice":                              {words: "I drew the plan twice"},
		"wip I drew the plan twice":                          {"wip", "I drew the plan twice", ""},
		"wip: I drew the plan twice":                         {"wip", "I drew the plan twice", ""},
		"en cours le plan de migration":                      {"wip", "le plan de migration", ""},
		"En cours : le plan":                                 {"wip", "le plan", ""},
		"leçon : relire deux fois":                           {"lesson", "relire deux fois", ""},
		"Lesson one is out":                                  {words: "Lesson one is out"},
		"Erreur: j'ai tout effacé":                           {"mistake", "j'ai tout effacé", ""},
		"heard that deploys stop on Friday":                  {"heard", "heard that deploys stop on Friday", ""},
		"merci à Hal, sans qui rien":                         {"thanks", "merci à Hal, sans qui rien", ""},
		"lesson":                                             {practice: "lesson"},
		"the plan why: I trust neither":                      {"", "the plan", "I trust neither"},
		"the plan\nWhy: I trust neither":                     {"", "the plan", "I trust neither"},
		"le plan. Pourquoi : j'en doute":                     {"", "le plan.", "j'en doute"},
		"I show the plan, because I trust neither":           {"", "I show the plan", "I trust neither"},
		"je montre le plan parce que j'en doute":             {"", "je montre le plan", "j'en doute"},
		"je montre le plan parce qu’elle a posé la bonne":    {"", "je montre le plan", "elle a posé la bonne"},
		"it broke because of the cache":                      {words: "it broke because of the cache"},
		"because I can":                                      {words: "because I can"},
		"mistake I said yes because I was tired why: honest": {"mistake", "I said yes because I was tired", "honest"},
	} {
		if got := parseGiven(text); got != want {
			t.Errorf("%q gave %+v, not %+v", text, got, want)
		}
	}
}
