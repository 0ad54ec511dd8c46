package question

import (
	"cmp"
	"math"
	"slices"
)

// Match is a document that looks like a question.
type Match struct {
	Doc   int     // its place among the documents
	Score float64 // how alike the two are, up to 1
}

// Rank finds the documents that look like a question, the most alike first, and leaves out what is not alike enough:
// it is better to offer nothing than something else. The question and each document are sets of terms, in whatever
// form and order they are kept.
//
// A term says the more the fewer documents have it; its weight is the one of BM25 (Robertson and Zaragoza, The
// Probabilistic Relevance Framework, 2009), with each term counted once. What two texts share is set against what
// both say, so that a long one is not alike for its length.
func Rank(query []uint64, docs [][]uint64) []Match {
	c := count(docs)
	asked := make(map[uint64]bool, len(query))
	for _, term := range query {
		asked[term] = true
	}
	all := c.size(query)
	var found []Match
	for i, doc := range docs {
		shared, rarity := c.shared(asked, doc)
		score, rare := shared/math.Sqrt(all*c.size(doc)), rarity/c.weight(0)
		if isAlike(score, rare) {
			found = append(found, Match{i, score})
		}
	}
	slices.SortStableFunc(found, func(a, b Match) int { return cmp.Compare(b.Score, a.Score) })
	return found
}

// isAlike says what is enough: a share of all that the two say, and terms in common that are rare, in terms that no
// document has. Two short texts are soon alike, and two long ones soon share a rare word, so the one has to make up for
// the other; and what is nearly the same may be said often. Found by reading pairs of questions from chats of
// programmers and of mathematicians: one in ten that pass is about something else, a little lower it is one in three.
func isAlike(score, rare float64) bool {
	return score >= 0.36 && score*rare >= 0.95 && (rare >= 2.1 || rare >= 1.3 && score >= 0.55)
}

// counted says in how many of some documents each term stands.
type counted struct {
	docs float64
	with map[uint64]int
}

func count(docs [][]uint64) counted {
	c := counted{float64(len(docs)), map[uint64]int{}}
	for _, doc := range docs {
		for _, term := range doc {
			c.with[term]++
		}
	}
	return c
}

// unseen documents are added to each collection, so that one which is still small does not take every word for rare.
const unseen = 20

// weight is what a term says that so many documents have.
func (c counted) weight(with int) float64 {
	return max(0, math.Log((c.docs+unseen)/float64(with+1)))
}

// size is how much a set of terms says.
func (c counted) size(terms []uint64) (sum float64) {
	for _, term := range terms {
		w := c.weight(c.with[term])
		sum += w * w
	}
	return sum
}

// shared is how much of a document the question says too, and by terms of what rarity.
func (c counted) shared(asked map[uint64]bool, doc []uint64) (sum, rarity float64) {
	for _, term := range doc {
		if asked[term] {
			w := c.weight(c.with[term])
			sum += w * w
			rarity += w
		}
	}
	return sum, rarity
}
