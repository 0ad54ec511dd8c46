package export

import "slices"

// roots remembers which messages of a channel can be a thread's root: eight bytes each, in order. Replies
// come after their root, so whether a reply is an orphan is decided when it is told, never by what follows.
type roots []int64

// add remembers a moment and reports whether it is new.
func (r *roots) add(micros int64) bool {
	if n := len(*r); n == 0 || (*r)[n-1] < micros {
		*r = append(*r, micros)
		return true
	}
	i, found := slices.BinarySearch(*r, micros)
	if !found {
		*r = slices.Insert(*r, i, micros)
	}
	return !found
}

func (r roots) has(micros int64) bool {
	_, found := slices.BinarySearch(r, micros)
	return found
}
