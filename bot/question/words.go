package question

// CountWords counts the words that the author of a text wrote: code, addresses, mentions, short names of
// emoji and quoted lines do not count. What an apostrophe, a hyphen or a dot ties together is one word, as
// is a run of letters in a script that puts no spaces. It passes over the text once and allocates nothing.
func CountWords(text string) int {
	s := scanner{text: text}
	n := 0
	for {
		switch s.next() {
		case end:
			return n
		case word:
			if s.join == 0 {
				n++
			}
		}
	}
}
