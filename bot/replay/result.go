package replay

import (
	"slices"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// Result is what a rehearsal found.
type Result struct {
	Messages  int
	People    int
	Channels  int
	First     time.Time
	Last      time.Time
	Questions Questions
	Nudges    Nudges
	Playbooks []Played
	Off       []Off
	Skipped   map[string]int
	About     map[string]string // a sentence for each reason in Skipped
	Topics    []Topic           // with Options.Topics: every message at the top level of a room
	Consent   string            // what was assumed
	Months    []Month
	Hours     [7][24]int // private messages by weekday (Monday first) and hour, in the zone of the rehearsal
}

// Questions are what people asked at the top level of a room, and what became of it.
type Questions struct {
	Asked         int
	Answered      int // by another person, with something that answers
	NeverAnswered int
	MedianMinutes float64 // from question to answer, of the answered ones; elapsed time
	NeedlessAsks  int     // helpers asked while somebody else came by themselves within an hour of open time
	HelperAsks    int
}

// Nudges are private messages that nobody asked for.
type Nudges struct {
	Total int
	Mean  float64 // a person and week, over the weeks in which people wrote
	P95   float64
	Max   int // of one person in any seven days
	Day   int // of one person in any 24 hours
	Posts int // what was said in rooms; no nudges
	Held  map[string]int
	Weeks []int // pairs of a person and a week, by how many fell in it: none, one, two …
	Each  []int // how many each person got who got any, most first
}

// Played is what one playbook would have said.
type Played struct {
	Name   string
	Nudges int
	Posts  int
	Sample []Sample
}

// Sample is one thing that would have been said.
type Sample struct {
	Time   time.Time
	Rule   string
	Reason string
	Fate   string // a word
	About  string // the same in a sentence
	Room   chat.ChannelID
	To     chat.UserID
	Author chat.UserID
	After  time.Duration // until what the fate speaks of
}

// Topic is a message at the top level of a room.
type Topic struct {
	Channel     chat.ChannelID
	Message     chat.MessageID
	At          time.Time
	IsQuestion  bool
	Replied     bool
	Answered    bool
	FirstAnswer time.Time
}

// Month is one calendar month of the record.
type Month struct {
	Start         time.Time
	Asked         int
	NeverAnswered int
	MedianMinutes float64 // from question to answer, of those asked in the month; 0 where none was answered
	Nudges        int
	Posts         int
}

func (r *rehearsal) result() (*Result, error) {
	a := r.activity
	out := &Result{
		Messages: a.messages, People: len(a.people), Channels: len(a.channels), First: a.first, Last: a.last,
		Off: r.off, Skipped: map[string]int{},
		Consent: "Consent is assumed of everybody addressed; live, each of them is asked once and may refuse.",
	}
	if c, ok := r.record.(Counted); ok {
		out.Messages, out.Skipped, out.About = c.Tally()
	}
	out.Nudges = r.nudges()
	out.Playbooks = r.played()
	out.Questions = r.questions(out.Playbooks)
	out.Months = r.months()
	for _, s := range r.spread.said {
		if s.nudge {
			at := s.at.In(r.options.Zone)
			out.Hours[(int(at.Weekday())+6)%7][at.Hour()]++
		}
	}
	if r.options.Topics {
		out.Topics = r.topics()
	}
	return out, nil
}

func (r *rehearsal) nudges() Nudges {
	n := Nudges{Total: r.spread.nudges(), Held: map[string]int{}}
	n.Mean, n.P95, n.Max = r.spread.perPersonWeek(r.activity.personWeeks)
	n.Weeks, n.Each = r.spread.spread(r.activity.personWeeks)
	for _, times := range r.spread.times {
		n.Day = max(n.Day, mostWithin(times, 24*time.Hour))
	}
	for _, s := range r.spread.said {
		if !s.nudge {
			n.Posts++
		}
	}
	for reason, count := range r.spread.held {
		n.Held[string(reason)] = count
	}
	return n
}

func (r *rehearsal) played() []Played {
	var out []Played
	for _, p := range r.books {
		played := Played{Name: p.ID}
		for _, s := range r.spread.said {
			if s.playbook != p.ID {
				continue
			}
			if s.nudge {
				played.Nudges++
			} else {
				played.Posts++
			}
			played.Sample = append(played.Sample, r.sample(s))
		}
		out = append(out, played)
	}
	return out
}

func (r *rehearsal) questions(played []Played) (q Questions) {
	var waits []float64
	for _, t := range r.tracker.order {
		if !t.isQuestion {
			continue
		}
		q.Asked++
		if t.answered.IsZero() {
			q.NeverAnswered++
			continue
		}
		q.Answered++
		waits = append(waits, t.answered.Sub(t.at).Minutes())
	}
	q.MedianMinutes = median(waits)
	for _, p := range played {
		for _, s := range p.Sample {
			if s.To == s.Author { // whoever is asked about their own question is no helper
				continue
			}
			switch s.Fate {
			case fateNeedless:
				q.NeedlessAsks++
				q.HelperAsks++
			case fateHelped, fateLater, fateAlone:
				q.HelperAsks++
			}
		}
	}
	return q
}

func (r *rehearsal) topics() []Topic {
	out := make([]Topic, 0, len(r.tracker.order))
	for _, t := range r.tracker.order {
		out = append(out, Topic{
			Channel: t.channel, Message: t.message, At: t.at, IsQuestion: t.isQuestion,
			Replied: !t.firstReply.IsZero(), Answered: !t.answered.IsZero(), FirstAnswer: t.answered,
		})
	}
	return out
}

// months counts by calendar month, without gaps.
func (r *rehearsal) months() []Month {
	var out []Month
	at := map[time.Time]int{}
	for m := monthOf(r.activity.first); !m.After(r.activity.last) && r.activity.messages > 0; m = m.AddDate(0, 1, 0) {
		at[m] = len(out)
		out = append(out, Month{Start: m})
	}
	waits := make([][]float64, len(out))
	for _, t := range r.tracker.order {
		i, ok := at[monthOf(t.at)]
		switch {
		case !ok || !t.isQuestion:
			continue
		case t.answered.IsZero():
			out[i].NeverAnswered++
		default:
			waits[i] = append(waits[i], t.answered.Sub(t.at).Minutes())
		}
		out[i].Asked++
	}
	for i := range waits {
		out[i].MedianMinutes = median(waits[i])
	}
	for _, s := range r.spread.said {
		i, ok := at[monthOf(s.at)]
		switch {
		case !ok:
		case s.nudge:
			out[i].Nudges++
		default:
			out[i].Posts++
		}
	}
	return out
}

func monthOf(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC)
}

func median(list []float64) float64 {
	if len(list) == 0 {
		return 0
	}
	slices.Sort(list)
	return list[len(list)/2]
}
