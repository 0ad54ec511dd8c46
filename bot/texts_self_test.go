package bot

import (
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// madeOfOneself are the ids that help, lists, oneself and stewards put together.
func madeOfOneself() map[string][]string {
	verbs := allVerbs()
	months := []string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}
	kinds := []string{actShare, actThanks, actAsk, actExample, actAskWhy, actAdopt}
	var prefNames []string
	for _, p := range prefTable() {
		prefNames = append(prefNames, p.name)
	}
	var shown []string
	for _, table := range shownTables() {
		shown = append(shown, strings.ReplaceAll(table, " ", "_"))
	}
	return map[string][]string{
		"verb.": verbs, "does.": verbs, "lesson.": verbs, "example.": helpRows(),
		"month.": months, "wait.": slices.Collect(maps.Values(waitUnits())), "open_for.": {"minutes", "hours", "days"},
		"privacy.": {"who", "kept", "given", "never", "could", "leave"}, "me.forget.": {"ask", "gone", "stays", "confirm"},
		"me.show.": shown, "me.kind.": append(kinds, actWhy, actDraft), "act.": append(kinds, actWhy), "mirror.kind.": append(mirrorKinds(), "seen"), "form.why.": whyParts(), "first.": {"question", "answer", "share"},
		"role.": playbooks.Roles, "role_state.": {string(store.Candidate), string(store.Asked), string(store.Accepted), string(store.Removed), string(store.Declined)},
		"pref.name.": prefNames, "pref.example.": prefNames, "pref.accepts.": prefNames, "pref.language.": playbooks.Languages,
		"pref.rescue.": {"ask_me", "just_ask", "leave_mine_alone"}, "pref.recognition.": {"public", "team", "private", "none"},
		"reason.": reasonWords(), "why.you.": {"author", "leader", "picked", "receiver"}, "do.tell.": {"author", "leader", "picked", "receiver"},
		"why.notice.": {noticeCard, noticeConsent, noticeThanks, noticeHello, noticeShadow, noticeChanges}, "trigger.": {"daily", "weekly", "fortnightly", "monthly"},
		"hours.":         {"mon", "tue", "wed", "thu", "fri", "sat", "sun", "never"},
		"setting.wants.": {"channels", "role", "choice", "number", "time", "wait", "text"},
		"history.":       {"on", "off", "settings", "halt_begun", "halt_ended", "shadow_begun", "shadow_ended"}, "halt.": {"begun", "begun_one", "ended", "ended_one"},
	}
}

func allVerbs() []string {
	var verbs []string
	for word, c := range commandTable() {
		if word == c.name {
			verbs = append(verbs, word)
		}
	}
	return verbs
}

// reasonWords are the values of all constants in chat/reason.go.
func reasonWords() []string {
	file, err := parser.ParseFile(gotoken.NewFileSet(), "chat/reason.go", nil, 0)
	if err != nil {
		return nil
	}
	var words []string
	ast.Inspect(file, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == gotoken.STRING {
			word, _ := strconv.Unquote(lit.Value)
			words = append(words, word)
		}
		return true
	})
	return words
}

func TestReasonWords(t *testing.T) {
	t.Parallel()
	if words := reasonWords(); len(words) < 30 || !slices.Contains(words, "dry_run") {
		t.Fatalf("the reasons were not found: %v", words)
	}
}
