package export

// lane is one channel's messages on their way into the common order.
type lane interface {
	// key is the unix microsecond of the next message, or one before it while that is not yet read.
	key() int64
	// rank orders lanes whose keys are equal, so that every reading gives the same order.
	rank() int
}

// merge is a heap of lanes; the first one is the earliest. Standard container/heap boxes and calls more.
type merge[L lane] []L

func (m merge[L]) before(i, j int) bool {
	a, b := m[i].key(), m[j].key()
	return a < b || a == b && m[i].rank() < m[j].rank()
}

// start makes a heap of lanes in any order.
func (m merge[L]) start() {
	for i := len(m)/2 - 1; i >= 0; i-- {
		m.sink(i)
	}
}

// sink moves the lane at i to its place after its key has grown.
func (m merge[L]) sink(i int) {
	for {
		least := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(m); child++ {
			if m.before(child, least) {
				least = child
			}
		}
		if least == i {
			return
		}
		m[i], m[least] = m[least], m[i]
		i = least
	}
}

// drop takes the first lane out.
func (m *merge[L]) drop() {
	old := *m
	last := len(old) - 1
	old[0] = old[last]
	var none L
	old[last] = none
	*m = old[:last]
	m.sink(0)
}
