package playbooks

import "strings"

// widths are the words that a hole usually becomes, as a reader counts them: people go by two names, links are called
// "the message", and three of them may stand in a row.
var widths = map[string]int{
	"author": 2, "leader": 2, "picked": 2, "receiver": 2, "receivers": 5, "link": 2, "links": 6, "waited": 3, "similar": 10,
	"median": 2, "words": 12, "followers": 18,
}

// countFilled counts the words that a reader gets to read, once the holes of a text are filled.
func countFilled(text string) int {
	n := 0
	for word := range strings.FieldsSeq(text) {
		n += countWord(word)
	}
	return n
}

// countWord counts what stands between two blanks.
func countWord(word string) int {
	if !isReadable(word) {
		return 0
	}
	n := 1
	for hole, width := range widths {
		n += strings.Count(word, "{"+hole+"}") * (width - 1)
	}
	return n
}
