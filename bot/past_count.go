package bot

import (
	"maps"
	"slices"

	"github.com/gofirst/gofirst/bot/chat"
)

// outcome counts what a playbook said and did not say. It names nobody: of people it tells how many.
type outcome struct {
	private int // messages
	posts   int
	to      map[chat.UserID]bool
	quiet   map[chat.Reason]int
	links   []chat.PostLink // what it spoke about, where that can be shown
}

func newOutcome() outcome {
	return outcome{to: map[chat.UserID]bool{}, quiet: map[chat.Reason]int{}}
}

// linksKept is how many links an outcome remembers: some of them may not be for the reader.
const linksKept = 20

// outcomeOf counts the decisions of one playbook.
func (o *outcome) outcomeOf(playbook string) func(Trace) {
	return func(tr Trace) {
		if tr.Playbook != playbook {
			return
		}
		switch {
		case tr.Step == Said && tr.Nudge:
			o.private++
			o.to[tr.Person] = true
			o.shows(tr.Channel, tr.Message)
		case tr.Step == Said:
			o.posts++
			o.shows(tr.Channel, tr.Message)
		case tr.Step == Dropped, tr.Step == Decided && tr.Reason != chat.RuleFired:
			o.quiet[tr.Reason]++
		}
	}
}

func (o *outcome) shows(channel chat.ChannelID, message chat.MessageID) {
	link := chat.PostLink{Channel: channel, Message: message}
	if message != "" && len(o.links) < linksKept && !slices.Contains(o.links, link) {
		o.links = append(o.links, link)
	}
}

// silences is how often it held its tongue.
func (o *outcome) silences() (n int) {
	for _, times := range o.quiet {
		n += times
	}
	return n
}

// commonest are the reasons that came up most, but for those that somebody chose for themselves.
func (o *outcome) commonest(most int) []chat.Reason {
	var out []chat.Reason
	for _, reason := range slices.Sorted(maps.Keys(o.quiet)) {
		if !personal(reason) {
			out = append(out, reason)
		}
	}
	slices.SortStableFunc(out, func(a, b chat.Reason) int { return o.quiet[b] - o.quiet[a] })
	return first(out, most)
}
