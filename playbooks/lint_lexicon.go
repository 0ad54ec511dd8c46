package playbooks

// lexicon is what a language does without, in everything that the bot says. The tables stand in lint_en.go and
// lint_fr.go; to forbid a wording, add a line to one of them.
type lexicon struct {
	avoid  []group
	shouts []string // short words that are no abbreviations when they stand in capitals

	// counted are things that nobody is told the number of; numbers are the words that stand for one.
	counted counted
}

// group is wordings that are wrong for the same reason.
type group struct {
	fault   string // said after the wording
	instead string // said after a semicolon: what to write
	words   []wording
}

// counted is what would tell how often, or how many: a number before one of these things.
type counted struct{ numbers, things []string }

// wording is a word or a phrase that texts do without. It is written in small letters, with a blank for each
// apostrophe or hyphen ("n oublie pas"); its last word may end in * and then stands for all its endings.
type wording struct {
	say     string
	unless  []string // longer wordings, written likewise, in which it is meant well
	instead string   // what to write, where it has no group
}

var lexicons = map[string]lexicon{"en": english, "fr": french}
