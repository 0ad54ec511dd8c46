package question

// A reader takes a text apart into sentences, in one pass and without allocating.
type reader struct {
	scan scanner
	sentence
	over bool
	any  bool // a sentence was read
}

// next reads the next sentence that is not empty; it reports false when there is none.
func (r *reader) next() bool {
	for !r.over {
		r.sentence = sentence{first: !r.any, after: r.ended}
		r.read()
		if !r.empty() {
			r.any = true
			return true
		}
	}
	return false
}

// read goes to the next end of a sentence.
func (r *reader) read() {
	for {
		switch t := r.scan.next(); t {
		case word:
			r.word(r.scan.class(), r.scan.join)
			r.remark(r.scan.word())
		case pause:
			r.pause()
		case code, link:
			r.skipped()
		case mark, stop, end:
			r.over = t == end
			r.stopped = r.scan.last
			r.finish(t)
			return
		}
	}
}

// class gives the class of the word just read.
func (s *scanner) class() cue {
	c := classOf(s.word())
	switch {
	case c == cOr && s.grave:
		return cOu
	case c == cTu && s.n == 1 && s.join == '\'':
		return cNot // the t of "don't"
	case c == cDe && s.n == 1 && s.join == '\'':
		return cShort // the d of "I'd"
	case c == cShort && s.join != '\'':
		return other
	}
	return c
}
