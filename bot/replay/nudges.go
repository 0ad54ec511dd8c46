package replay

import (
	"sort"
	"time"

	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/gofirst/gofirst/bot/chat"
)

// attention collects what the bot would have said, and what held it back.
type attention struct {
	hours calendar.Hours
	said  []said
	held  map[chat.Reason]int
	quiet map[chat.Reason]int // why rules did not fire
	times map[chat.UserID][]time.Time
}

// said is one message that would have gone out.
type said struct {
	at       time.Time
	playbook string
	rule     string
	channel  chat.ChannelID
	person   chat.UserID // empty: a post in the room
	author   chat.UserID
	message  chat.MessageID
	reason   chat.Reason
	nudge    bool
}

func newAttention(o Options) *attention {
	return &attention{
		hours: calendar.Hours{Zone: o.Zone, Week: o.Week},
		held:  map[chat.Reason]int{}, quiet: map[chat.Reason]int{}, times: map[chat.UserID][]time.Time{},
	}
}

func (a *attention) seen(t bot.Trace) {
	switch t.Step {
	case bot.Held, bot.Dropped:
		a.held[t.Reason]++
	case bot.Decided:
		if t.Reason != chat.RuleFired {
			a.quiet[t.Reason]++
		}
	case bot.Said:
		a.said = append(a.said, said{
			at: t.At, playbook: t.Playbook, rule: t.Rule, channel: t.Channel, person: t.Person,
			author: t.Author, message: t.Message, reason: t.Reason, nudge: t.Nudge,
		})
		if t.Nudge {
			a.times[t.Person] = append(a.times[t.Person], t.At)
		}
	}
}

// nudges counts the private ones.
func (a *attention) nudges() (n int) {
	for _, times := range a.times {
		n += len(times)
	}
	return n
}

// perPersonWeek gives, over pairs of a person and an ISO week in which they wrote, the mean and the 95th percentile
// of nudges, and the most that any person got within any seven days.
func (a *attention) perPersonWeek(personWeeks int) (mean, p95 float64, most int) {
	if personWeeks > 0 {
		mean = float64(a.nudges()) / float64(personWeeks)
	}
	var counts []int
	for _, times := range a.times {
		most = max(most, mostWithin(times, 7*24*time.Hour))
		weeks := map[calendar.Week]int{}
		for _, t := range times {
			weeks[calendar.WeekOf(t, time.UTC)]++
		}
		for _, n := range weeks {
			counts = append(counts, n)
		}
	}
	sort.Sort(sort.Reverse(sort.IntSlice(counts)))
	if rank := personWeeks / 20; rank < len(counts) {
		p95 = float64(counts[rank])
	}
	return mean, p95, most
}

// spread gives how many pairs of a person and a week had none, one, two … nudges, and how many each person got who
// got any, most first.
func (a *attention) spread(personWeeks int) (weeks, each []int) {
	weeks = []int{0}
	touched := 0
	for _, times := range a.times {
		each = append(each, len(times))
		counts := map[calendar.Week]int{}
		for _, t := range times {
			counts[calendar.WeekOf(t, time.UTC)]++
		}
		touched += len(counts)
		for _, n := range counts {
			for len(weeks) <= n {
				weeks = append(weeks, 0)
			}
			weeks[n]++
		}
	}
	weeks[0] = max(0, personWeeks-touched)
	sort.Sort(sort.Reverse(sort.IntSlice(each)))
	return weeks, each
}

// mostWithin gives the most times within any window, its end included.
func mostWithin(times []time.Time, window time.Duration) (most int) {
	from := 0
	for i, t := range times {
		for t.Sub(times[from]) > window {
			from++
		}
		most = max(most, i-from+1)
	}
	return most
}
