package question

import (
	"math"
	"strings"
	"testing"
)

func TestDetect(t *testing.T) {
	const (
		told  = iota // no question
		asked        // a question that need not be surfaced
		seeks        // a question worth surfacing
		stuck        // no question, but worth surfacing
	)
	tests := []struct {
		text string
		want int
	}{
		// English
		{"How do I rotate the signing key?", seeks},
		{"how do i rotate the signing key", seeks},
		{"Does anyone know where the staging logs went", seeks},
		{"anyone know why the nightly build is red", seeks},
		{"any idea why the tests hang on arm", seeks},
		{"I was wondering if someone could review my branch", seeks},
		{"What about the old database?", seeks},
		{"Can we drop support for version 3 now?", seeks},
		{"It only runs on Mondays, right?", seeks},
		{"which branch should I start from", seeks},
		{"Hi all! I moved to the new laptop yesterday. Is there a way to import my keys?", seeks},
		{"The deploy failed twice. Could somebody have a look?", seeks},
		{"who owns the billing service?", seeks},
		{"Would it be worth caching this?", seeks},
		{"I moved the nightly job to the new machine.", told},
		{"Just restart the worker, then it picks up the change", told},
		{"Thanks, that did it!", told},
		{"Good morning everyone", told},
		{"I know what happened there.", told},
		{"When the queue is full the sender waits.", told},
		{"You should see a green tick when it is done.", told},
		{"lgtm", told},
		{"I am stuck on the migration since yesterday", stuck},
		{"Looking for a reviewer for the parser branch", stuck},
		{"We need help with the release notes.", stuck},
		// French
		{"Est-ce que quelqu’un a déjà vu cette erreur ?", seeks},
		{"est-ce que le serveur est tombé", seeks},
		{"Quelqu'un sait où est la doc ?", seeks},
		{"qqn sait comment relancer le job", seeks},
		{"Pouvez-vous relire ma branche svp ?", seeks},
		{"peux-tu me donner les droits stp", seeks},
		{"Y a-t-il un moyen de vider le cache ?", seeks},
		{"C’est quoi le port par défaut ?", seeks},
		{"c'est quoi le mot de passe du wifi", seeks},
		{"Une idée de ce qui bloque ?", seeks},
		{"comment faire pour annuler un déploiement", seeks},
		{"Je me demande si on doit garder l'ancienne version", seeks},
		{"pourquoi le test est rouge depuis ce matin", seeks},
		{"Où sont rangés les certificats", seeks},
		{"Quand est prévue la mise en production ?", seeks},
		{"Il reste combien de licences ?", seeks},
		{"Lequel des deux serveurs est à jour ?", seeks},
		{"Je cherche un exemple de configuration", stuck},
		{"j'ai besoin d'aide pour la migration", stuck},
		{"je n'arrive pas à me connecter au vpn", stuck},
		{"J'ai relancé le serveur ce matin.", told},
		{"Il faut vider le cache, puis recharger la page.", told},
		{"Merci beaucoup, ça marche !", told},
		{"Bonjour à tous", told},
		{"La doc est dans le dossier partagé", told},
		// Questions that want nothing from the room
		{"How are you?", asked},
		{"Hi all, how is it going?", asked},
		{"ça va ?", asked},
		{"Salut, tu vas bien ?", asked},
		{"Comment allez-vous ?", asked},
		{"Who knows?", asked},
		{"Why not?", asked},
		{"Pourquoi pas ?", asked},
		{"Poll: tabs or spaces?", asked},
		{"Sondage : on se voit mardi ou jeudi ?", asked},
		{"Reminder: the retro is at noon. Will you be there?", asked},
	}
	for _, test := range tests {
		got := Detect(test.text)
		want := Verdict{Question: test.want == asked || test.want == seeks, Seeks: test.want >= seeks, Score: got.Score}
		if got != want {
			t.Errorf("Detect(%q) = %+v, want Question %t, Seeks %t", test.text, got, want.Question, want.Seeks)
		}
	}
}

// What is not the author's own prose says nothing about a question.
func TestDetectSkips(t *testing.T) {
	tests := []struct {
		name, text string
		question   bool
	}{
		{"code", "The fix is `x == nil ? a : b` as before.", false},
		{"block", "Here it is:\n```\nwhat := why(how)?\n```\n", false},
		{"open block", "Here it is:\n```\nwhy?", false},
		{"address", "See https://example.org/search?q=how&is=what for the notes.", false},
		{"quoted line", "> How do I rotate the key?\nUse the rotate command.", false},
		{"generic type", "It takes a List<?> and returns it.", false},
		{"mention", "@who.is Moved it to the archive.", false},
		{"short name of an emoji", "Moved it to the archive :question:", false},
		{"question around code", "Why does `go vet` complain about `x`?", true},
		{"address before the mark", "Is this the page: https://example.org/a?", true},
		{"answer to a quote that asks", "> It is slow.\nHow slow is it?", true},
		{"double backticks", "Why does ``a`b`` fail?", true},
	}
	for _, test := range tests {
		if got := Detect(test.text); got.Question != test.question {
			t.Errorf("%s: Detect(%q) = %+v", test.name, test.text, got)
		}
	}
}

// The same words in other clothes make the same verdict.
func TestDetectSpelling(t *testing.T) {
	groups := [][]string{
		{"Qu'est-ce que tu proposes ?", "Qu’est-ce que tu proposes ?", "QU'EST-CE QUE TU PROPOSES ?", "Qu'est-ce que tu proposes\u00a0?", "Qu'est-ce que tu proposes\u202f?", "Qu'est-ce que tu proposes?"},
		{"Où est rangée la clé ?", "OÙ EST RANGÉE LA CLÉ ?", "Ou\u0300 est range\u0301e la cle\u0301 ?"},
		{"Isn't it done yet?", "Isn’t it done yet?", "isn't it done yet？"},
		{"Is it done?", "Is it done? 🤔", "🤔 Is it done?", "*Is it done?*", "Is it done?!", "  Is it done?\n"},
	}
	for _, group := range groups {
		want := Detect(group[0])
		if !want.Question {
			t.Errorf("Detect(%q) = %+v", group[0], want)
		}
		for _, text := range group[1:] {
			if got := Detect(text); got != want {
				t.Errorf("Detect(%q) = %+v, but Detect(%q) = %+v", text, got, group[0], want)
			}
		}
	}
}

func TestDetectOddities(t *testing.T) {
	for _, text := range []string{
		"", " ", "\n\n", "🎉", "👍🏽", "\xff\xfe", "k\xcc", "\xe2\x80", ">", "> quoted", "```", "`", "``", "....", ",", "@", "@**", ":", "https://",
		"http://", "+", "'", "-", "’", "\u200b", strings.Repeat("- ", 99),
	} {
		if got := Detect(text); got.Question || got.Seeks {
			t.Errorf("Detect(%q) = %+v", text, got)
		}
	}
}

func TestDetectAllocatesNothing(t *testing.T) {
	for name, text := range benchmarks {
		if n := testing.AllocsPerRun(100, func() { Detect(text); CountWords(text); Answers(text); Closes(text) }); n != 0 {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
}

func FuzzDetect(f *testing.F) {
	for _, text := range benchmarks {
		f.Add(text)
	}
	for _, text := range []string{"", "`", "> a\n?", "où ?", "\xff?", "@**a**?", "a...?", ":a:?", "http://a?", "l’é"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := Detect(text)
		if again := Detect(text); again != got {
			t.Errorf("%+v, then %+v", got, again)
		}
		if s := float64(got.Score); math.IsNaN(s) || s < 0 || s > 1 || got.Question != (s >= .5) {
			t.Errorf("%+v", got)
		}
		if n := CountWords(text); n < 0 || n > len(text) {
			t.Errorf("%d words in %d bytes", n, len(text))
		}
		Answers(text)
		Closes(text)
	})
}

func TestSmallTalkSeeksNothing(t *testing.T) {
	for _, text := range []string{
		"is it lunch yet?", "Who wants coffee?", "Qui veut un café ?", "What a day, isn't it?",
		"Salut tout le monde, ça va ?", "On mange où ?",
	} {
		if v := Detect(text); v.Seeks {
			t.Errorf("%q is taken for a call for help", text)
		}
	}
	for _, text := range []string{
		"What a client has to send before the handshake: where is that written?",
		"Does the lunch bot read the menu from the wiki or from the mail?", "Is the release on Friday?",
		"Salut tout le monde, comment je relance le build ?",
	} {
		if v := Detect(text); !v.Seeks {
			t.Errorf("%q is not taken for a call for help", text)
		}
	}
}
