package question

import "strings"

// Closes says whether a message of the asker's, in the thread of their question, tells that they are
// content: thanks, "that works", "merci, ça marche", "solved", "never mind", a tick. It does not where
// the message asks again, says "but" or "not", or thanks in advance; nor where it is long, for then
// something else is going on.
func Closes(text string) bool {
	s := scanner{text: text}
	var words int
	var content bool
	var buf [longest]byte
	before := buf[:0]
	for {
		switch s.next() {
		case end:
			return content && words <= mostOfClosing || words == 0 && ticked(text)
		case mark, code:
			return false
		case word:
			w := string(s.word())
			if unsettles(w) {
				return false
			}
			words++
			content = content || settles(string(before), w)
			before = append(before[:0], s.word()...)
		}
	}
}

// mostOfClosing is the number of words that a closing message has at most.
const mostOfClosing = 25

// ticked says whether a text without words holds a tick.
func ticked(text string) bool {
	return strings.Contains(text, "✅") || strings.Contains(text, "✔") || strings.Contains(text, ":white_check_mark:")
}

// settles knows words, some only after another, that tell that all is well: "never mind", "got it",
// "figured it out", "did the trick", "c'est bon", "laisse tomber".
func settles(before, w string) bool {
	switch w {
	case "thanks", "thank", "thx", "ty", "tysm", "cheers", "solved", "fixed", "resolved", "nvm", "nevermind", "perfect", "sorted",
		"merci", "mercii", "resolu", "resolue", "regle", "reglee", "fonctionne", "parfait", "nickel", "impec", "impeccable":
		return true
	case "works", "worked":
		return before != "i" && before != "we"
	case "working":
		return before == "s" || before == "is" || before == "now"
	case "marche":
		return before != "la" && before != "en"
	case "mind":
		return before == "never"
	case "it":
		return before == "got" || before == "figured"
	case "trick":
		return before == "the"
	case "bon", "ok":
		return before == "est"
	case "tomber":
		return before == "laisse" || before == "laissez"
	}
	return false
}

// unsettles knows words after which thanks close nothing.
func unsettles(w string) bool {
	switch w {
	case "not", "t", "but", "still", "however", "although", "advance", "unfortunately", "error", "if", "until", "unless", "any",
		"anyone", "dont", "doesnt", "didnt", "isnt", "cant", "yet", "except", "only", "almost", "partly", "how", "why":
		return true
	case "pas", "mais", "toujours", "avance", "cependant", "malheureusement", "erreur", "si", "jamais", "sauf", "presque",
		"quelqu", "qqn", "comment", "pourquoi", "encore", "plus":
		return true
	}
	return false
}
