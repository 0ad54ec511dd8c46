package bot

import (
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/playbooks"
)

// made are the ids that the engine puts together: what stands in the source, and what may follow.
func made() map[string][]string {
	weekdays := []string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
	given := []string{actShare, actAsk, actAdopt, actThanks}
	answered := slices.DeleteFunc(slices.Clone(playbooks.Choices), func(c string) bool {
		return slices.Contains([]string{"why", "stop", "adopt", "mine", "tell", "thank", "fortnight", choiceTakeOne}, c) // these answer otherwise
	})
	return map[string][]string{
		"weekday.":    weekdays,
		"waited.":     {"minutes", "hours", "days"},
		"lasting.":    {"minutes", "hours", "days"},
		"button.":     append(slices.Clone(playbooks.Choices), "onlyme", "myteam", "everyone", "post", "change", "drop", "home_pause", "home_resume", "home_stop", choiceTurnOn, choiceLeave, choiceKeep, choiceSettings, choiceNoMore),
		"digest.did.": append(slices.Clone(shareKinds), "example"),
		"alarm.":      {brokenDigest, brokenPlaybook},
		"broken.":     {brokenDigest, brokenPlaybook},
		"alarm.do.":   {"service_refused", "recipient_gone", "too_late", "doubt", "not_written"},
		"line.":       {string(idle), string(listening), string(lost), string(refused), string(ended)},
		"tally.":      {string(chat.Gaps), string(chat.RefusedSignature), string(chat.RefusedStale), string(chat.RefusedForeign), string(chat.RefusedBody)},
		"option.":     {"words", "link", "who", "reason", "where", "what", "until", "topic", "room"},
		"pressed.":    append(answered, "onlyme", "myteam", "everyone"),
		"consent.":    {"leader", "helper", "host", "ambassador", "observer", "steward", "yes", "no"},
		"card.":       given,
		"card.share.": shareKinds,
		"form.":       append(slices.Clone(given), actWhy, "kind", "audience"),
		"form.words.": append(given, "share.mistake"),
		"how.":        append(given, actWhy),
		"kind.":       shareKinds,
		"audience.":   {audiencePublic, audiencePrivate},
		"menu.":       {"thank", "example", "why", "open", "take"},
	}
}

// TestTexts: every sentence that the source names is there in both languages with the same holes, and no other.
func TestTexts(t *testing.T) {
	t.Parallel()
	there := map[string]map[string]bool{"en": {}, "fr": {}}
	x, err := loadTexts()
	if err != nil {
		t.Fatal(err)
	}
	for id := range x.ids {
		language, id, _ := strings.Cut(id, "/")
		there[language][strings.TrimSuffix(id, ".vous")] = true
	}
	used := usedTexts(t, there["en"])
	for id := range used {
		for language, ids := range there {
			if !ids[id] {
				t.Errorf("%s lacks %q", language, id)
			}
		}
	}
	for language, ids := range there {
		for id := range ids {
			if !used[id] {
				t.Errorf("%s has %q, which nothing says", language, id)
			}
		}
	}
	for id := range there["en"] {
		if en, fr := holesIn(x, "en", false, id), holesIn(x, "fr", false, id); !slices.Equal(en, fr) {
			t.Errorf("%q has the holes %v in English and %v in French", id, en, fr)
		}
		if tu, vous := holesIn(x, "fr", false, id), holesIn(x, "fr", true, id); !slices.Equal(tu, vous) {
			t.Errorf("%q has the holes %v with tu and %v with vous", id, tu, vous)
		}
	}
}

func holesIn(x *texts, language string, formal bool, id string) []string {
	found := map[string]bool{}
	for _, p := range playbooks.Split(x.plain(tongue{language: language, formal: formal}, id, 2)) {
		if p.Hole != "" {
			found[p.Hole] = true
		}
	}
	return slices.Sorted(maps.Keys(found))
}

var (
	textID  = regexp.MustCompile(`^[a-z_-]+(\.[a-z_-]+)+$`)
	asksFor = []string{"say", "sayN", "word", "plain"}
)

// usedTexts are the ids in the package's source: what is said, and every string that looks like one of a family.
func usedTexts(t *testing.T, there map[string]bool) map[string]bool {
	families := map[string]bool{}
	for id := range there {
		family, _, _ := strings.Cut(id, ".")
		families[family] = true
	}
	used := map[string]bool{}
	for _, families := range []map[string][]string{made(), madeOfOneself()} {
		for prefix, ends := range families {
			for _, end := range ends {
				used[prefix+end] = true
			}
		}
	}
	for _, file := range sources(t) {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if name, ok := n.Fun.(*ast.SelectorExpr); ok && slices.Contains(asksFor, name.Sel.Name) {
					for _, arg := range n.Args {
						if id, ok := literal(arg); ok && (textID.MatchString(id) || there[id]) {
							used[id] = true
						}
					}
				}
			case *ast.BasicLit:
				if id, ok := literal(n); ok && textID.MatchString(id) && families[id[:strings.Index(id, ".")]] {
					used[id] = true
				}
			}
			return true
		})
	}
	return used
}

func literal(n ast.Node) (string, bool) {
	lit, ok := n.(*ast.BasicLit)
	if !ok || lit.Kind != gotoken.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}

func sources(t *testing.T) []*ast.File {
	t.Helper()
	names, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var out []*ast.File
	for _, name := range names {
		if !strings.HasSuffix(name.Name(), ".go") || strings.HasSuffix(name.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(gotoken.NewFileSet(), name.Name(), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, file)
	}
	return out
}

// TestConsentIsShort: a mandate card has at most sixty words.
func TestConsentIsShort(t *testing.T) {
	t.Parallel()
	x, err := loadTexts()
	if err != nil {
		t.Fatal(err)
	}
	for id := range x.ids {
		language, id, _ := strings.Cut(id, "/")
		if !strings.HasPrefix(id, "consent.") && id != "hello" && id != "marked.notice" {
			continue
		}
		words := strings.Fields(x.plain(tongue{language: language}, id, 1))
		words = slices.DeleteFunc(words, func(w string) bool { return !strings.ContainsFunc(w, unicode.IsLetter) })
		if len(words) > 60 {
			t.Errorf("%s %s has %d words", language, id, len(words))
		}
	}
}
