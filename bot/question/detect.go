package question

import "math"

// Verdict is what Detect says of a text.
type Verdict struct {
	// Question says that the text asks something: the dialogue act, whatever its purpose.
	Question bool
	// Seeks says that the text wants help or information from the room, so that it is worth surfacing if
	// nobody answers. It leaves out greetings, rhetorical questions, polls and announcements, and may hold
	// without Question: "I need help with the build" asks nothing and seeks.
	Seeks bool
	// Score is the weight of the evidence for Question, 0 to 1; Question is Score >= 0.5. It ranks, but
	// is no probability: rooms differ in how common questions are and in who writes question marks.
	Score float32
}

// Detect judges a text in English or French, as its author typed it. It reads each sentence apart and
// goes by the strongest; code, addresses, mentions and lines that quote (">") do not count. It takes
// about 15 ns a byte, allocates nothing and depends on nothing but the text.
func Detect(text string) Verdict {
	r := reader{scan: scanner{text: text}}
	best := float32(unheard)
	var seeks, hushed bool
	for r.next() {
		z := r.score()
		best = max(best, z)
		seeks = seeks || r.seeks(z >= 0)
		hushed = hushed || r.hushes()
	}
	return Verdict{Question: best >= 0, Seeks: seeks && !hushed, Score: sigmoid(best)}
}

// unheard is the score of a text without a sentence.
const unheard = -8

func sigmoid(z float32) float32 { return float32(1 / (1 + math.Exp(-float64(z)))) }

// score adds up the weights of what the sentence holds; from 0 on it is a question.
func (s *sentence) score() float32 {
	side := unmarked
	if s.ended == mark {
		side = marked
	}
	var z float32
	for c := range s.seen {
		if s.seen[c] == 0 {
			continue
		}
		for at, w := range weights[c][side] {
			if s.seen[c]>>at&1 != 0 {
				z += w
			}
		}
	}
	bits := s.shapes()
	for i, w := range shapeWeights {
		if bits>>i&1 != 0 {
			z += w
		}
	}
	return z
}

// A side says which of two weights holds.
const (
	unmarked = iota // no question mark ends the sentence
	marked
	sides
)
