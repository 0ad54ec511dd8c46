package bot

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gofirst/gofirst/bot/chat"
)

// written reads "<@hal>" as a mention of hal and "<@%crew>" as one of the group crew, as an adapter would.
func written(text string) wording {
	var w wording
	marks := regexp.MustCompile(`<(@%?)(\w+)>`)
	for {
		at := marks.FindStringSubmatchIndex(text)
		if at == nil {
			w.text += text
			return w
		}
		w.text += text[:at[0]]
		name := text[at[4]:at[5]]
		r := chat.Reference{At: len(w.text), Len: len(name) + 1, User: chat.UserID(name)}
		if strings.HasSuffix(text[at[2]:at[3]], "%") {
			r.User, r.Group = "", chat.GroupID(name)
		}
		w.references = append(w.references, r)
		w.text += "@" + name
		text = text[at[1]:]
	}
}

func TestParseThanks(t *testing.T) {
	t.Parallel()
	hal := []chat.UserID{"hal"}
	for text, want := range map[string]gratitude{
		"<@hal> for the runbook":                                   {whom: hal, reason: "the runbook"},
		"<@hal> pour le mode opératoire":                           {whom: hal, reason: "le mode opératoire"},
		"à <@hal> pour le mode opératoire":                         {whom: hal, reason: "le mode opératoire"},
		"a lot, <@hal>, for the runbook!":                          {whom: hal, reason: "the runbook!"},
		"for the runbook <@hal>":                                   {whom: hal, reason: "the runbook"},
		"for the runbook, <@hal>!":                                 {whom: hal, reason: "the runbook"},
		"for the runbook to <@hal> and <@ida>":                     {whom: []chat.UserID{"hal", "ida"}, reason: "the runbook"},
		"pour le mode opératoire à <@hal> et <@ida>":               {whom: []chat.UserID{"hal", "ida"}, reason: "le mode opératoire"},
		"<@hal> <@ida> <@hal> for it":                              {whom: []chat.UserID{"hal", "ida"}, reason: "it"},
		"<@hal> and the release crew for saving my afternoon":      {whom: hal, team: "the release crew", reason: "saving my afternoon"},
		"<@hal> et à l'équipe de livraison pour les tests de nuit": {whom: hal, team: "l'équipe de livraison", reason: "les tests de nuit"},
		"<@hal> et aux gens de la livraison pour les tests":        {whom: hal, team: "les gens de la livraison", reason: "les tests"},
		"the release crew for testing at night":                    {team: "the release crew", reason: "testing at night"},
		"everybody for testing at night":                           {team: "everybody", reason: "testing at night"},
		"<@%crew> for testing":                                     {team: "crew", reason: "testing"},
		"<@hal> <@%crew> for testing":                              {whom: hal, team: "crew", reason: "testing"},
		"<@hal> for helping <@ana>":                                {whom: hal, reason: "helping @ana", named: true},
		"for <@hal>'s help with the release":                       {whom: hal, reason: "@hal's help with the release", named: true},
		"<@hal>: the runbook saved me":                             {whom: hal, reason: "the runbook saved me"},
		"<@hal> the runbook saved me":                              {whom: hal, reason: "the runbook saved me"},
		"<@hal>, tu m'as sauvé la journée":                         {whom: hal, reason: "tu m'as sauvé la journée"},
		"the runbook is great <@hal>":                              {whom: hal, reason: "the runbook is great"},
		"<@hal> because the runbook is great":                      {whom: hal, reason: "the runbook is great"},
		"<@hal> parce qu'il reste toujours jusqu'au bout":          {whom: hal, reason: "il reste toujours jusqu'au bout"},
		"--private <@hal> for the runbook":                         {whom: hal, reason: "the runbook", private: true},
		"<@hal> for the runbook —private":                          {whom: hal, reason: "the runbook", private: true},
		"<@hal> pour le mode opératoire --privé":                   {whom: hal, reason: "le mode opératoire", private: true},
		"<@hal>":                          {whom: hal},
		"<@hal> !":                        {whom: hal},
		"<@hal> for":                      {whom: hal},
		"<@hal> and the release crew":     {whom: hal, team: "the release crew"},
		"@hall for the runbook":           {unknown: []string{"@hall"}, reason: "the runbook"},
		"hal for the runbook":             {reason: "the runbook"},
		"":                                {},
		"for the runbook":                 {reason: "the runbook"},
		"İ̇ the crew for it":              {reason: "it"},
		"to <@hal> (again) for the notes": {whom: hal, reason: "the notes"},
	} {
		got := parseThanks(written(text))
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(gratitude{})); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

func FuzzParseThanks(f *testing.F) {
	f.Add("<@hal> and the release crew for saving my afternoon --private", 3)
	f.Add("pour <@hal> : İ", 1)
	f.Fuzz(func(t *testing.T, text string, _ int) {
		w := written(text)
		g := parseThanks(w)
		if len(g.reason) > len(w.text) {
			t.Errorf("%q gave a longer reason %q", text, g.reason)
		}
		parseGiven(text)
		roomNamed(w)
	})
}
