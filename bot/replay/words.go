package replay

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// This file has the sentences that every report shares.

// opening is what a report begins with: the sentence of the whole, and what follows from it.
func (r *Result) opening() []string {
	if r.Messages == 0 {
		return []string{"There is nothing in this export to rehearse on: no messages were found."}
	}
	q, n := r.Questions, r.Nudges
	out := []string{fmt.Sprintf("%s your people asked %s; %s.", r.when(), count(q.Asked, "question"), never(q.NeverAnswered))}
	if n.Total == 0 {
		out = append(out, "gofirst would have spoken to nobody.")
	} else {
		out = append(out, fmt.Sprintf("gofirst would have spoken %s in private: %.2f a person and week, never more than %d in seven days to anybody, %s.",
			times(n.Total), n.Mean, n.Max, map[bool]string{true: "never twice in a day", false: "and twice in a day, which is a defect"}[n.Day <= 1]))
	}
	if n.Posts > 0 {
		out = append(out, fmt.Sprintf("It would have posted %s in rooms.", times(n.Posts)))
	}
	if q.HelperAsks > 0 {
		out = append(out, fmt.Sprintf("It would have asked a helper %s. %s nobody else came within the hour; %s it would have been needless.",
			times(q.HelperAsks), capital(times(q.HelperAsks-q.NeedlessAsks)), times(q.NeedlessAsks)))
	}
	return out
}

// assumed says what was taken for granted.
func (r *Result) assumed() string { return r.Consent + " Nothing was sent." }

// needless lists the asks that turned out to be in the way.
func (r *Result) needless() (out []Sample) {
	for _, played := range r.Playbooks {
		for _, s := range played.Sample {
			if s.Fate == fateNeedless {
				out = append(out, s)
			}
		}
	}
	return out
}

func failuresIntro(shown, all int) string {
	switch {
	case all == 1:
		return "Here is that one:"
	case shown == all:
		return fmt.Sprintf("Here are those %d:", all)
	}
	return fmt.Sprintf("Here are %d of those %s:", shown, thousands(all))
}

// failure tells in a sentence why a sample would have been needless.
func (s Sample) failure(names Namer) string {
	return fmt.Sprintf("#%s: %s would have been asked; somebody else came %s", names.Room(s.Room), names.Person(s.To), later(s.After))
}

func moment(t time.Time, zone *time.Location) string {
	return t.In(zone).Format("Mon 2 Jan 2006 15:04")
}

func (r *Result) when() string {
	if r.First.Year() == r.Last.Year() {
		return fmt.Sprintf("In %d", r.First.Year())
	}
	return fmt.Sprintf("From %s to %s", r.First.Format("January 2006"), r.Last.Format("January 2006"))
}

func count(n int, word string) string {
	if n == 1 {
		return "one " + word
	}
	return thousands(n) + " " + word + "s"
}

func times(n int) string {
	switch n {
	case 0:
		return "never"
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return thousands(n) + " times"
}

func never(n int) string {
	switch n {
	case 0:
		return "every one of them got an answer"
	case 1:
		return "one never got an answer"
	}
	return thousands(n) + " never got an answer"
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func spoke(p Played) string {
	switch {
	case p.Nudges == 0 && p.Posts == 0:
		return "silent"
	case p.Posts == 0:
		return count(p.Nudges, "private message")
	case p.Nudges == 0:
		return count(p.Posts, "post")
	}
	return count(p.Nudges, "private message") + ", " + count(p.Posts, "post")
}

func later(d time.Duration) string {
	if d < time.Minute {
		return "within a minute"
	}
	return roughly(d) + " later"
}

func roughly(d time.Duration) string {
	switch {
	case d < 90*time.Second:
		return "a minute"
	case d < 2*time.Hour:
		return fmt.Sprintf("%d minutes", int(d.Minutes()+0.5))
	case d < 48*time.Hour:
		return fmt.Sprintf("%d hours", int(d.Hours()+0.5))
	}
	return fmt.Sprintf("%d days", int(d.Hours()/24+0.5))
}

func people(n int) string {
	if n == 1 {
		return "one person"
	}
	return thousands(n) + " people"
}

// byCount orders words by how often, then by name.
func byCount(counts map[string]int) []string {
	var words []string
	for word := range counts {
		words = append(words, word)
	}
	slices.SortFunc(words, func(a, b string) int {
		if counts[a] != counts[b] {
			return counts[b] - counts[a]
		}
		return strings.Compare(a, b)
	})
	return words
}
