package question

// A slot says where a cue stands in its sentence.
type slot uint8

const (
	opens  slot = iota // it opens the sentence, greetings and fillers aside
	begins             // it opens a later clause
	inside             // it stands anywhere else
	closes             // it is the last word
	slots
)

// A shape is a trait of a whole sentence.
type shape uint8

const (
	always    shape       = iota
	endsStop              // it ends with a full stop or an exclamation mark
	endsPause             // it breaks off after a comma
	endsOpen              // nothing ends it but the line
	echo                  // marked, and nothing but auxiliaries, pronouns, "oh" and "really": "Oh, did you?"
	later                 // another sentence went before
	quiet                 // the first of length buckets, unmarked: 0-1, 2, 3-4, 5-8, 9-16, 17-40 words, more
	loud      = quiet + 7 // the same buckets, marked
	shapes    = loud + 7
)

// A sentence is what one pass collects between two ends of sentences.
type sentence struct {
	seen  [cues]uint8 // bit s of seen[c] says that cue c stands in slot s
	words int
	plain int // words that an echo has not
	apart int // words that a greeting has not
	spans int // code and addresses skipped
	idle  int // words of small talk: lunch, coffee, weekend

	everybody int  // how far "tout le monde" has been read
	exclaims  bool // it opens with "what a": what a day, isn't it?

	prev      cue  // the class of the word before, other after a pause
	prevAt    slot // and its slot
	final     cue  // the class of the last word, pauses or not
	finalPair cue
	at        slot // of the next word
	ended     token
	stopped   byte  // the byte that ended it, where that was a stop
	first     bool  // no sentence went before
	after     token // what ended the one before
}

func (s *sentence) has(c cue, at ...slot) bool {
	if len(at) == 0 {
		return s.seen[c] != 0
	}
	for _, a := range at {
		if s.seen[c]>>a&1 != 0 {
			return true
		}
	}
	return false
}

func (s *sentence) note(c cue, at slot) { s.seen[c] |= 1 << at }

// word adds a word of class c, tied to the one before by join where that is not 0.
func (s *sentence) word(c cue, join byte) {
	s.count(c)
	s.note(c, s.at)
	p := s.pairWith(c, join)
	if p != other {
		s.note(p, s.prevAt)
	}
	if p == pInvert && s.prevAt == inside {
		s.note(s.inverted(), inside)
	}
	s.prev, s.prevAt = c, s.at
	s.final, s.finalPair = c, p
	s.ended = word
	switch {
	case p == pYouKnow || p == pIMean:
		s.at = begins
	case c != cFill && c != cUm && c != cGreet && c != cAck:
		s.at = inside
	}
}

// inverted gives the cue of an inversion inside a sentence, by how the sentence began.
func (s *sentence) inverted() cue {
	switch {
	case s.has(cWhich, opens):
		return pWhichInvert
	case s.has(cWhat, opens), s.has(cHow, opens), s.has(cWhere, opens), s.has(cWhy, opens):
		return pWhInvert
	}
	return other
}

func (s *sentence) count(c cue) {
	s.words++
	if !echoed[c] {
		s.plain++
	}
	if !phatic[c] {
		s.apart++
	}
}

// pairWith gives the cue that a word of class c makes with the word before.
func (s *sentence) pairWith(c cue, join byte) cue {
	if join != '-' || s.prev == cSay {
		return pair[s.prev][c]
	}
	switch c {
	case cVous, cTu, cIl, cJe, cCe:
		if s.prev == cEst && c == cCe {
			return pEstCe
		}
		return pTie
	}
	return pair[s.prev][c]
}

// pause begins a new clause.
func (s *sentence) pause() {
	s.ended = pause
	s.prev = other
	if s.at == inside {
		s.at = begins
	}
}

// skipped stands for code or an address.
func (s *sentence) skipped() {
	s.spans++
	s.ended = word
	s.prev, s.final, s.finalPair = other, other, other
	s.at = inside
}

// finish notes what stands at the end, once it is known how the sentence ends.
func (s *sentence) finish(t token) {
	s.note(s.final, closes)
	s.note(s.finalPair, closes)
	if t == mark || s.ended != pause {
		s.ended = t
	}
}

// empty says that nothing stands between two ends, or only code without a question mark. A question mark
// apart ("so and so … ?") makes a sentence, the second of two does not.
func (s *sentence) empty() bool {
	return s.words == 0 && (s.ended != mark || s.after == mark && s.spans == 0)
}

// length gives the bucket of the sentence's length.
func (s *sentence) length() shape {
	b := quiet
	if s.ended == mark {
		b = loud
	}
	for _, n := range [...]int{1, 2, 4, 8, 16, 40} {
		if s.words > n {
			b++
		}
	}
	return b
}

// shapes gives the sentence's shapes as bits.
func (s *sentence) shapes() uint32 {
	b := uint32(1)<<always | 1<<s.length()
	switch {
	case s.ended == stop && s.stopped != '\n':
		b |= 1 << endsStop
	case s.ended == pause:
		b |= 1 << endsPause
	case s.ended != mark:
		b |= 1 << endsOpen
	case s.plain == 0 && s.words <= 5:
		b |= 1 << echo
	}
	if !s.first {
		b |= 1 << later
	}
	return b
}
