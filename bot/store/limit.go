package store

import "strconv"

// most is a LIMIT clause. The number stands in the text: SQLite prepares a statement anew each time that a bound
// LIMIT is bound, which costs more than running it.
func most(n int) string { return " LIMIT " + strconv.Itoa(n) }
