package store

// queue is rows on their way to the database, gathered over turns and written many at a time. Those before
// written are in the open transaction already. A turn that is undone takes its own rows out again, and those
// it had written for the turns before it are waiting again, since the database has undone that too.
type queue[T any] struct {
	rows    []T
	written int

	// How the queue was when the current turn began.
	mark, markWritten int
}

// begin marks where a turn begins that may be undone alone.
func (q *queue[T]) begin() {
	if q.written == len(q.rows) {
		q.clear()
	}
	q.mark, q.markWritten = len(q.rows), q.written
}

// undo takes the queue back to where the turn began.
func (q *queue[T]) undo() { q.rows, q.written = q.rows[:q.mark], q.markWritten }

// clear empties the queue: all of it is committed.
func (q *queue[T]) clear() { q.rows, q.written, q.mark, q.markWritten = q.rows[:0], 0, 0, 0 }

func (q *queue[T]) add(row T) { q.rows = append(q.rows, row) }

// waiting are the rows that are not written yet.
func (q *queue[T]) waiting() []T { return q.rows[q.written:] }

// own reports whether a row of the queue was put there by the current turn and is not written yet.
func (q *queue[T]) own(i int) bool { return i >= max(q.mark, q.written) && i < len(q.rows) }

// queues are all that is on its way.
type queues struct {
	messages queue[message]
	rooms    queue[roomRow]
	posts    queue[roomDay]
}

func (q *queues) begin() {
	q.messages.begin()
	q.rooms.begin()
	q.posts.begin()
}

func (q *queues) undo() {
	q.messages.undo()
	q.rooms.undo()
	q.posts.undo()
}

func (q *queues) clear() {
	q.messages.clear()
	q.rooms.clear()
	q.posts.clear()
}
