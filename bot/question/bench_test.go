package question

import "testing"

// Sentences of the length that people write in chats; the first has about a hundred bytes.
var benchmarks = map[string]string{
	"english": "Hey all, does anyone know how I can rotate the signing key without restarting every worker by hand?",
	"french":  "Bonjour, quelqu’un sait comment relancer le déploiement sans couper les connexions déjà ouvertes ?",
	"told":    "I moved the nightly job to the new machine, so the logs are under the other folder from now on, enjoy.",
	"code":    "The build says `undefined: chat.Event` since this morning:\n```\ngo build ./...\n```\nsee https://example.org/b/17",
}

func BenchmarkDetect(b *testing.B) {
	for name, text := range benchmarks {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				Detect(text)
			}
		})
	}
}

func BenchmarkCountWords(b *testing.B) {
	text := benchmarks["english"]
	b.ReportAllocs()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		CountWords(text)
	}
}
