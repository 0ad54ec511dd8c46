package question

import (
	"fmt"
	"hash/fnv"
	"slices"
	"testing"
)

func hashed(terms ...string) (out []uint64) {
	for _, term := range terms {
		h := fnv.New64a()
		h.Write([]byte(term))
		out = append(out, h.Sum64())
	}
	return out
}

// talk is a collection in which many questions are about the same few things.
func talk(more ...string) [][]uint64 {
	var docs [][]uint64
	for i := range 60 {
		text := fmt.Sprintf("Why does the build fail with error e%d on server s%d after the update?", i, i)
		docs = append(docs, hashed(Terms(text)...))
	}
	for _, text := range more {
		docs = append(docs, hashed(Terms(text)...))
	}
	return docs
}

func TestRank(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, asked string
		docs        []string
		want        []int // places after the talk
	}{
		{"nothing is there", "How do I rotate the signing key?", nil, nil},
		{"the same", "How do I rotate the signing key?", []string{"How can the signing key be rotated?"}, []int{0}},
		{"the same, in French", "Comment renouveler la clé de signature ?", []string{"La clé de signature : comment la renouvelle-t-on ?"}, []int{0}},
		{"the most alike comes first", "How do I rotate the signing key on the vault?",
			[]string{"Who rotates the signing key?", "Rotating the signing key of the vault, how?"}, []int{1, 0}},
		{"one word is not enough", "How do I rotate the signing key?", []string{"Which key opens the bike shed?"}, nil},
		{"what everybody asks about is not enough", "Why does the build of the docs fail with an error?", nil, nil},
		{"a long text is not alike for its length", "How do I rotate the signing key?",
			[]string{"Our key fobs rotate between teams, Monday kitchen duty, Tuesday parking garage, Wednesday bikes, Thursday" +
				" lockers, Friday plants, weekend alarm, holidays concierge: who is signing the monthly list for accounting?"}, nil},
		{"what is asked again and again", "How do I rotate the signing key?", []string{"How can the signing key be rotated?",
			"Who rotates signing keys?", "Rotating the signing key, how?", "The signing key: who rotated it?"}, []int{0, 1, 2, 3}},
		{"nothing was asked", "", []string{"How do I rotate the signing key?"}, nil},
	} {
		var got []int
		for _, m := range Rank(hashed(Terms(test.asked)...), talk(test.docs...)) {
			got = append(got, m.Doc-60)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}

// The first solved thread of a young collection can be offered, though nobody knows yet which words are rare there.
func TestRankYoung(t *testing.T) {
	t.Parallel()
	docs := [][]uint64{hashed(Terms("How can the signing key be rotated?")...)}
	for asked, want := range map[string]int{
		"How do I rotate the signing key?":   1,
		"How do I revoke the key of a user?": 0,
		"Who is signing for parcels?":        0,
	} {
		if got := len(Rank(hashed(Terms(asked)...), docs)); got != want {
			t.Errorf("%q: %d offers, want %d", asked, got, want)
		}
	}
	if got := Rank(docs[0], nil); len(got) != 0 {
		t.Errorf("of nothing: %v", got)
	}
}

func FuzzRank(f *testing.F) {
	f.Add([]byte{1, 2, 3}, []byte{1, 2, 3, 0, 2, 3}, uint8(3))
	f.Fuzz(func(t *testing.T, asked, told []byte, length uint8) {
		var docs [][]uint64
		for doc := range slices.Chunk(numbers(told), max(1, int(length))) {
			docs = append(docs, doc)
		}
		last := 1.0
		for _, m := range Rank(numbers(asked), docs) {
			if m.Doc < 0 || m.Doc >= len(docs) || m.Score > last+1e-9 || m.Score <= 0 {
				t.Errorf("%+v after %f, of %d", m, last, len(docs))
			}
			last = m.Score
		}
	})
}

// numbers is a set.
func numbers(b []byte) (out []uint64) {
	b = slices.Compact(slices.Sorted(slices.Values(b)))
	for _, x := range b {
		out = append(out, uint64(x))
	}
	return out
}

func BenchmarkRank(b *testing.B) {
	var docs [][]uint64
	for range 50 {
		docs = append(docs, talk()...)
	}
	asked := hashed(Terms(benchmarks["english"])...)
	for b.Loop() {
		Rank(asked, docs)
	}
	b.ReportMetric(float64(len(docs)), "docs")
}
