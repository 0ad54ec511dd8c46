package adaptertest

import (
	"sort"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

func sizeChecks() []check {
	return []check{
		{"Size never shrinks with the message", []Part{Sending}, sizeIsMonotone},
		{"the longest message is taken whole", []Part{Sending}, longestIsTaken},
		{"a longer one is Refused", []Part{Sending}, longerIsRefused},
	}
}

// letters are counted differently by services: as bytes, code points, or UTF-16 units; and what is markup is longer
// where it had to be disarmed.
var letters = []string{"a", "é", "👍", "ש", "e\u0301", "&"}

func sizeIsMonotone(t *trial) {
	a, s := t.open()
	for _, letter := range letters {
		last := 0
		for n := 1; n < 300; n++ {
			m := note(s, 1, strings.Repeat(letter, n)).Message
			size := a.Size(m)
			if size < last || size != a.Size(m) {
				t.Fatalf("Size of %d × %q is %d, of one less %d, and when asked again %d", n, letter, size, last, a.Size(m))
			}
			last = size
		}
		if last < 299 {
			t.Errorf("Size of 299 × %q is %d", letter, last)
		}
	}
	m := note(s, 1, "words").Message
	last := a.Size(m)
	for _, n := range []chat.Node{
		chat.Bold{chat.Text("b")}, chat.Italic{chat.Text("i")}, chat.Code("c"), chat.Quote{chat.Text("q")},
		chat.List{{chat.Text("l")}}, chat.Link{URL: "https://example.org", Label: "x"}, chat.Mention{User: s.Person()},
		chat.Room{Channel: s.Channel()},
	} {
		m.Body = append(m.Body, n)
		if size := a.Size(m); size <= last {
			t.Errorf("with a %T more the size goes from %d to %d", n, last, size)
		} else {
			last = size
		}
	}
}

func longestIsTaken(t *trial) {
	a, s := t.open()
	limit := t.limit(a)
	for i, letter := range letters {
		n := fitting(a, s, letter)
		if size := a.Size(note(s, i, strings.Repeat(letter, n)).Message); letter == "a" && size != limit {
			t.Errorf("no number of %q has the size %d; the nearest is %d", letter, limit, size)
		}
		r := t.send(a, note(s, i, strings.Repeat(letter, n)))
		if got := strings.Count(t.seen(s, r.Message).Text, letter); got != n {
			t.Errorf("of %d × %q, %d arrive", n, letter, got)
		}
	}
}

func longerIsRefused(t *trial) {
	a, s := t.open()
	t.limit(a)
	for i, letter := range letters {
		n := fitting(a, s, letter)
		t.failure(a, note(s, i, strings.Repeat(letter, n+1)), "of one letter too many", chat.Refused)
	}
	t.stands(s, 0)
}

func (t *trial) limit(a chat.Adapter) int {
	t.Helper()
	limit := a.Info().MaxSize
	if limit == 0 {
		t.Skip("no message is too long (Info.MaxSize)")
	}
	return limit
}

// fitting gives the greatest number of letters that make a message of at most MaxSize.
func fitting(a chat.Adapter, s Service, letter string) int {
	limit := a.Info().MaxSize
	return sort.Search(limit+1, func(n int) bool {
		return a.Size(note(s, 1, strings.Repeat(letter, n+1)).Message) > limit
	})
}
