package export

import (
	"cmp"
	"slices"
)

// maxThreads is how many of a channel's latest messages are remembered: 16 bytes each.
const maxThreads = 1 << 18

// threads remembers of a channel's latest messages where each belongs, so that a reply to a reply finds the
// root of its conversation. What is older is forgotten; a reply to it has no root that is to be had.
type threads []threadEntry

type threadEntry struct{ id, root int64 }

func (t threads) find(id int64) (int, bool) {
	if n := len(t); n > 0 && t[n-1].id < id {
		return n, false
	}
	return slices.BinarySearchFunc(t, id, func(e threadEntry, id int64) int { return cmp.Compare(e.id, id) })
}

// see remembers a message as one that stands alone, and reports whether it is new.
func (t *threads) see(id int64) bool {
	i, known := t.find(id)
	if known {
		return false
	}
	*t = slices.Insert(*t, i, threadEntry{id, id})
	if len(*t) > maxThreads {
		*t = slices.Delete(*t, 0, maxThreads/2)
	}
	return true
}

// join says to which root a message that was seen belongs.
func (t threads) join(id, root int64) {
	if i, known := t.find(id); known {
		t[i].root = root
	}
}

// root gives the root of the conversation of a message; the message itself where it was not seen.
func (t threads) root(id int64) (root int64, seen bool) {
	if i, known := t.find(id); known {
		return t[i].root, true
	}
	return id, false
}
