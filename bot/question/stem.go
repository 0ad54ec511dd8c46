package question

import "bytes"

// shortest is how many bytes of a word an ending leaves at least.
const shortest = 3

// stem cuts the endings that a word takes on in English and in French, and folds what they leave: "rotate",
// "rotating", "rotation", "rotates" are one, as are "renouvelle", "renouveler" and "renouvellement". It does not
// know which of the two languages it reads, is right more often than not, and is the same each time. A word with
// a figure in it is left as it is.
func stem(w []byte) []byte {
	if bytes.ContainsAny(w, "0123456789") {
		return w
	}
	w = singular(w)
	cut := false
	for _, ending := range endings {
		if w, cut = without(w, ending.text, ending.leaves); cut {
			break
		}
	}
	if cut {
		w, _ = without(w, "at", shortest+1)
	}
	w, _ = without(w, "ement", shortest+1)
	w, _ = without(w, "ment", shortest+1)
	w, _ = without(w, "e", shortest)
	return fold(w)
}

// endings are tried in this order, and the first that fits is cut.
var endings = [...]struct {
	text   string
	leaves int
}{
	{"ing", shortest}, {"ion", shortest + 1}, {"ees", shortest}, {"ee", shortest}, {"ied", shortest}, {"ed", shortest},
	{"er", shortest}, {"ez", shortest}, {"e", shortest},
}

// singular cuts what makes a word a plural, or puts a verb in the third person.
func singular(w []byte) []byte {
	n := len(w)
	switch {
	case n <= shortest:
	case bytes.HasSuffix(w, []byte("eaux")), bytes.HasSuffix(w, []byte("eux")):
		return w[:n-1]
	case bytes.HasSuffix(w, []byte("aux")):
		return append(w[:n-2], 'l')
	case w[n-1] == 's' && w[n-2] != 's' && w[n-2] != 'u' && w[n-2] != 'i':
		return w[:n-1]
	}
	return w
}

// without cuts an ending if at least so many bytes are left.
func without(w []byte, ending string, leaves int) ([]byte, bool) {
	rest := len(w) - len(ending)
	if rest < leaves || string(w[rest:]) != ending {
		return w, false
	}
	return w[:rest], true
}

// fold makes one of the two letters at the end of "runn(ing)", and of "deploy" and "deploi(ement)" the same.
func fold(w []byte) []byte {
	n := len(w)
	if n > shortest && w[n-1] == w[n-2] && w[n-1] < 0x80 {
		w, n = w[:n-1], n-1
	}
	if n >= shortest && w[n-1] == 'y' {
		w[n-1] = 'i'
	}
	return w
}
