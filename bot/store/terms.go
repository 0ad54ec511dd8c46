package store

// Terms say for how many days things are kept. Housekeeping acts on the same numbers, so whoever tells people how long
// something stays asks here.
type Terms struct {
	Traces      int // what is noted about messages, questions, decisions
	Precise     int // after which of a trace only the day is left
	Spent       int // that somebody was written to unasked
	HelpingHalf int // after which an answer counts for half
	Helping     int // after the last answer, nothing of it is left
	Solved      int // what is noted of a question by which it can be compared, once it is answered
}

// Retention gives the terms that hold.
func Retention() Terms {
	return Terms{Traces: keepDays, Precise: preciseDays, Spent: spentDays, HelpingHalf: helpingHalfLife, Helping: helpingDays, Solved: solvedDays}
}

// Tables are the names of all tables in which something is kept.
func Tables() []string { return dumped() }
