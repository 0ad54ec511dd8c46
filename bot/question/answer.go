package question

// Answers says whether a reply in the thread of a question, by somebody else than the asker, counts as an
// answer. It does unless all it says is a reaction ("+1", "same here", "moi aussi", "bump", thanks, emoji),
// that its author does not know either, a greeting, nothing or "(deleted)", or a question back. A question
// that proposes something ("Have you tried a restart?", "Peut-être le cache ?") and one that points somewhere
// with an address do count. In doubt it counts: the bot would rather leave a question than pester.
func Answers(text string) bool {
	if ignorant(text) {
		return false
	}
	s := scanner{text: text}
	for from := 0; ; {
		c := remarks(&s)
		if c.answers(text[from:s.at]) {
			return true
		}
		if c.ended == end {
			return false
		}
		from = s.at
	}
}

// A remark is what Answers keeps of one sentence.
type remark struct {
	words    int
	idle     int  // words that only react
	thin     int  // words that say nothing by themselves, but may stand for a person or a place: "me", "here"
	reacts   bool // an emoji or "+1" stands in it
	proposes bool
	points   bool // an address stands in it
	quotes   bool // code stands in it
	ended    token
}

// remarks reads the next sentence.
func remarks(s *scanner) remark {
	var r remark
	var buf [longest]byte
	before := buf[:0]
	for {
		switch t := s.next(); t {
		case word:
			r.word(string(before), string(s.word()))
			before = append(before[:0], s.word()...)
		case symbol:
			r.reacts = true
		case code:
			r.quotes = true
		case link:
			r.points = true
		case mark, stop, end:
			r.ended = t
			return r
		}
	}
}

func (r *remark) word(before, w string) {
	r.words++
	switch {
	case isIdle(w):
		r.idle++
	case isThin(w):
		r.thin++
	}
	r.proposes = r.proposes || proposes(before, w)
}

// answers judges a remark, whose text is needed where no question mark tells a question.
func (r remark) answers(text string) bool {
	reaction := r.idle+r.thin == r.words && (r.idle > 0 || r.reacts || r.words == 0)
	switch {
	case r.points, r.proposes, r.quotes && r.ended != mark:
		return true
	case reaction:
		return false
	case r.ended == mark:
		return tagged(text)
	}
	return Detect(text).Score < sureAsk
}

// sureAsk is the score from which a sentence without a question mark is taken for a question back.
const sureAsk = .8

// tagged says whether a sentence states something and only asks for a nod: "The rotate command, right?"
func tagged(text string) bool {
	r := reader{scan: scanner{text: text}}
	if !r.next() {
		return false
	}
	return r.words > 2 && (r.has(cTag, closes) || r.has(cRight, closes) || r.has(cAck, closes)) && !r.has(pInvert, opens)
}

// ignorant says whether the whole text only tells that its author knows no more than the asker.
func ignorant(text string) bool {
	var buf [40]byte
	b := buf[:0]
	for s := (scanner{text: text}); ; {
		t := s.next()
		if t == end {
			break
		}
		if t != word {
			continue
		}
		if len(b)+1+s.n > len(buf) {
			return false
		}
		b = append(append(b, s.word()...), ' ')
	}
	return isIgnorance(b)
}
