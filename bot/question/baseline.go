package question

import "strings"

// The two baselines that Detect is measured against are here and nowhere else.

// hasMark is the first: the text contains a question mark, wherever.
func hasMark(text string) bool {
	return strings.Contains(text, "?") || strings.Contains(text, "？")
}

// opensAsQuestion is what the second adds: the first word of the text is an English or French interrogative
// or auxiliary. "a" and "as" are no part of it: as English words they would make the baseline worse.
func opensAsQuestion(text string) bool {
	s := scanner{text: text}
	for {
		switch s.next() {
		case end:
			return false
		case word:
			return isOpeningWord(string(s.word()), s.grave)
		}
	}
}

func isOpeningWord(w string, grave bool) bool {
	switch w {
	case "what", "which", "who", "whom", "whose", "where", "when", "why", "how", "whats", "hows", "whos", "wheres",
		"do", "does", "did", "is", "are", "was", "were", "am", "can", "could", "would", "should", "will", "shall", "may", "might",
		"have", "has", "had", "don", "doesn", "didn", "isn", "aren", "wasn", "weren", "couldn", "wouldn", "shouldn", "won",
		"haven", "hasn", "hadn":
		return true
	case "qui", "que", "qu", "quoi", "quel", "quelle", "quels", "quelles", "lequel", "laquelle", "lesquels", "lesquelles",
		"quand", "comment", "combien", "pourquoi", "est", "etes", "sont", "avez", "avons", "ont", "peux", "peut", "pouvez",
		"sais", "sait", "savez":
		return true
	case "ou":
		return grave
	}
	return false
}
