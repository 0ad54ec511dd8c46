package question

import (
	"slices"
	"strings"
	"testing"
)

func TestTerms(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ text, want string }{
		{"", ""},
		{"Hello, how are you?", ""},
		{"Bonjour à tous, quelqu’un peut m’aider s’il vous plaît ?", ""},
		{"How do I rotate the signing key?", "rotat sign kei"},
		{"How do I rotate the signing keys? The keys!", "rotat sign kei"},
		{"The rotation of keys: who has rotated one, and does rotating hurt?", "rotat kei hurt"},
		{"Comment renouveler la clé de signature ?", "renouvel cle signatur"},
		{"Où en est le renouvellement des clés ? On renouvelle quand ?", "renouvel cle"},
		{"Le déploiement est bloqué, comment déployer à la main ?", "deploi bloqu"},
		{"Les canaux, le canal, les réseaux et le réseau", "canal reseau"},
		{"queries and a query, running and runs, classes and a class", "queri run clas"},
		{"installing, installed, installation, installer", "instal"},
		{"migrate, migrating, migration; migrer les données", "migr don"},
		{"documentation of a document", "docu"},
		{"Python 3.11.2, not 3 or v1.26", "python 3.11.2 3 v1.26"},
		{"in 2026. 12 of them", "2026 12"},
		{"Does `go mod tidy` drop `golang.org/x/text` here?", "go mod tidi drop golang org text"},
		{"It says ```\nexit status 2\n``` since the upgrade", "upgrad"},
		{"see https://example.org/rotate and @hal :tada: thanks", ""},
		{"> How do I rotate it?\nWith the vault?", "vault"},
		{"œuvre et cœur", "oeuvr coeur"},
		{"ключ и ключ", "ключ"},
	} {
		if got := strings.Join(Terms(test.text), " "); got != test.want {
			t.Errorf("Terms(%q) = %q, want %q", test.text, got, test.want)
		}
	}
}

// Terms does not run away with a long text, and says nothing twice.
func FuzzTerms(f *testing.F) {
	for _, text := range benchmarks {
		f.Add(text)
	}
	for _, text := range []string{"", "`", "``x`", "1.2.3.4", "a.b\xff.c", "’’’", "> \n>", "`a``b`", strings.Repeat("x1 ", 99)} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		terms := Terms(text)
		if len(terms) > mostTerms {
			t.Errorf("%d terms", len(terms))
		}
		slices.Sort(terms)
		if len(slices.Compact(terms)) != len(Terms(text)) || slices.Contains(terms, "") {
			t.Errorf("%q holds a term twice, or an empty one", terms)
		}
	})
}

func BenchmarkTerms(b *testing.B) {
	for name, text := range benchmarks {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Terms(text)
			}
		})
	}
}
