package bot

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/question"
	"github.com/gofirst/gofirst/playbooks"
)

// BenchmarkDispatch measures what a message costs before anything is stored: it is looked at (a question? a share?),
// the rules that wait for such a thing in its room are found, and each decides. Promised: 10 rules in at most 2.7 µs,
// 100 rules in at most 1.5 times that.
func BenchmarkDispatch(b *testing.B) {
	for _, rules := range []int{10, 100} {
		b.Run(fmt.Sprintf("%d rules", rules), func(b *testing.B) {
			d := &dispatcher{index: benchIndex(b, rules)}
			b.ReportAllocs()
			for b.Loop() {
				d.next()
			}
		})
	}
}

type dispatcher struct {
	index   *playbooks.Index
	matched []playbooks.Bound
	n       int
}

func (d *dispatcher) next() {
	d.n++
	m := chat.MessagePosted{Text: benchTexts[d.n%len(benchTexts)]}
	d.matched = d.matched[:0]
	switch {
	case question.Detect(m.Text).Seeks:
		d.matched = d.index.Match(d.matched, playbooks.Occasion{Kind: playbooks.Unanswered, Channel: "C7"})
	case LooksLikeShare(m):
		d.matched = d.index.Match(d.matched, playbooks.Occasion{Kind: playbooks.Acted, Name: actShare, Channel: "C7"})
	}
	for _, r := range d.matched {
		playbooks.Decide(r, playbooks.Facts{}, uint64(d.n))
	}
}

var benchTexts = []string{
	"The build is green again, thanks for looking into it.",
	"How do I rotate the signing key without taking the service down?",
	"lunch at twelve as usual",
	"I moved the cron job over to the new machine this morning and it seems happy so far.",
	"ok",
	"See https://example.org/wiki/runbook for the long version of what we agreed on Tuesday.",
}

// benchIndex is as many instances as needed of one playbook with ten rules, spread over a hundred rooms.
func benchIndex(b *testing.B, rules int) *playbooks.Index {
	text := &strings.Builder{}
	text.WriteString(`playbook: bench
about: {en: a, fr: b}
hypothesis: {en: a, fr: b}
harm: {en: a, fr: b}
measure: {practice: share, window: 1 working day}
stop: {harm: 20, after: 8 weeks}
settings: {rooms: {type: channels}, patience: {type: choice, of: [normal], default: normal}}
rules:
`)
	for i := range 10 {
		when := "act: {kind: share, in: rooms}"
		if i%2 == 0 {
			when = "question_unanswered: {in: rooms, patience: patience}"
		}
		fmt.Fprintf(text, `  - name: rule %d
    when: {%s}
    if: room.posts > %d and not author.bot
    do: [{tell: {whom: author, as: said-%d, text: {en: "a bot", fr: "un bot"}}}]
    at_most: {per_room: 1 a day}
`, i, when, i, i)
	}
	book, err := playbooks.Load("bench.yaml", []byte(text.String()))
	if err != nil {
		b.Fatal(err)
	}
	var instances []*playbooks.Instance
	for n := range rules / 10 {
		instances = append(instances, &playbooks.Instance{Playbook: book, Settings: playbooks.Values{
			"rooms": []string{fmt.Sprintf("C%d", 7+n)}, "patience": "normal",
		}})
	}
	return playbooks.NewIndex(instances)
}
