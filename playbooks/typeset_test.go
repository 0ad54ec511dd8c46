package playbooks

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// In the wants, _ stands for the narrow no-break space.
func TestTypeset(t *testing.T) {
	for _, tt := range []struct{ language, text, want string }{
		{"fr", "Tu passes ? Oui ; non : si !", "Tu passes_? Oui_; non_: si_!"},
		{"fr", "Tu passes? Oui; non: si!", "Tu passes_? Oui_; non_: si_!"},
		{"fr", "Quoi ?! Vraiment ?...", "Quoi_?! Vraiment ?..."},
		{"fr", "« Plutôt telle personne » aide", "«_Plutôt telle personne_» aide"},
		{"fr", "«Plutôt telle personne» aide", "«_Plutôt telle personne_» aide"},
		{"fr", "« {words} » : {link}", "«_{words}_»_: {link}"},
		{"fr", "{author} vient : {link} ; {waited} ?", "{author} vient_: {link}_; {waited}_?"},
		{"fr", "à 12:30, à 12 h 30", "à 12:30, à 12 h 30"},
		{"fr", "voir https://x.org/a?b:c! et `si ? non : oui`", "voir https://x.org/a?b:c! et `si ? non : oui`"},
		{"fr", "`code` : voir https://x.org/a ?", "`code`_: voir https://x.org/a_?"},
		{"fr", "? Encore ouvertes : {links}", "? Encore ouvertes_: {links}"},
		{"fr", "20 % des gens, 3 km, 20%", "20_% des gens, 3 km, 20%"},
		{"fr", "d'{author}, l'idée, aujourd'hui", "d’{author}, l’idée, aujourd’hui"},
		{"fr", "bien :-) ou :tada:", "bien :-) ou :tada_:"},
		{"fr", "un\u00a0: deux\u202f: trois", "un_: deux_: trois"},
		{"fr", "un\n« deux »\n: trois", "un\n«_deux_»\n: trois"},
		{"fr", "«»« »«", "«_»«_»«"},
		{"fr", "{ouvert : oui", "{ouvert_: oui"},
		{"en", `He said "try" and "retry"`, "He said “try” and “retry”"},
		{"en", `{author}'s "{words}", I'd say`, "{author}’s “{words}”, I’d say"},
		{"en", `a 5" screen`, `a 5" screen`},
		{"en", "an \"open\nand a \"closed\" one", "an \"open\nand a “closed” one"},
		{"en", "'Try asking' and '90s", "'Try asking' and '90s"},
		{"en", "`it's \"so\"` and https://x.org/'a'b'\"c\"", "`it's \"so\"` and https://x.org/'a'b'\"c\""},
		{"en", "Would you? Now: yes!", "Would you? Now: yes!"},
		{"de", `Er sagt: "wir's" ?`, `Er sagt: "wir’s" ?`},
		{"fr", "\xff ?", "\xff ?"},
		{"en", "", ""},
	} {
		if got := strings.ReplaceAll(Typeset(tt.language, tt.text), "\u202f", "_"); got != tt.want {
			t.Errorf("%s %q:\n got %q\nwant %q", tt.language, tt.text, got, tt.want)
		}
	}
}

// typable draws texts made of what typesetting looks at.
var typable = rapid.Map(rapid.SliceOf(rapid.SampledFrom([]string{
	"a", "é", "mot", "1", "12:30", " ", "  ", "\u00a0", "\u202f", "\n", ";", ":", "!", "?", "%", "«", "»", "\"", "'", "’",
	"“", "”", "`", "`c : d`", "{", "}", "{link}", "https://x.org/?a:b", "http://", "(", ")", ".", ",", "…", "-", "*", "🙋",
})), func(parts []string) string { return strings.Join(parts, "") })

func TestTypesetLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := typable.Draw(t, "text")
		for _, language := range Languages {
			once := Typeset(language, text)
			if twice := Typeset(language, once); twice != once {
				t.Errorf("%s: twice gives %q, once %q", language, twice, once)
			}
			if a, b := bare(text), bare(once); a != b {
				t.Errorf("%s: %q has become %q", language, text, once)
			}
			if a, b := fixedOf(text), fixedOf(once); a != b {
				t.Errorf("%s: %q has become %q", language, a, b)
			}
		}
	})
}

// bare leaves out what typesetting may change.
func bare(text string) string {
	return strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "“", "\"", "”", "\"", "’", "'").Replace(text)
}

// fixedOf gives what no typesetting may touch.
func fixedOf(text string) string {
	var b strings.Builder
	for _, c := range glyphs(text) {
		if c.fixed {
			b.WriteRune(c.r)
		}
	}
	return b.String()
}

func TestTypesetBuiltin(t *testing.T) {
	ps, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range ps {
		for _, text := range textsOf(p) {
			for _, words := range text.ByLanguage["fr"] {
				set := Typeset("fr", words)
				for _, mark := range []string{" ;", " :", " ?", " !", " »", "« ", "'", "\""} {
					if strings.Contains(strings.ReplaceAll(set, "`/gofirst stop`", ""), mark) {
						t.Errorf("%s: %q left in %q", p.ID, mark, set)
					}
				}
			}
		}
	}
}
