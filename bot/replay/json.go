package replay

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// Namer gives what a report calls a person, a room.
type Namer interface {
	Person(chat.UserID) string
	Room(chat.ChannelID) string
}

// sampleMost is how many samples of a playbook the JSON report holds; they are taken evenly over the whole stretch.
const sampleMost = 400

// The shape of the JSON report. Its keys are a promise.
type (
	jsonReport struct {
		Messages  int            `json:"messages"`
		People    int            `json:"people"`
		Channels  int            `json:"channels"`
		From      string         `json:"from"`
		To        string         `json:"to"`
		Questions jsonQuestions  `json:"questions"`
		Nudges    jsonNudges     `json:"nudges"`
		Playbooks []jsonPlaybook `json:"playbooks"`
		Off       []jsonOff      `json:"off"`
		Skipped   map[string]int `json:"skipped"`
		Consent   string         `json:"consent"`
		Seconds   float64        `json:"seconds"`
	}
	jsonQuestions struct {
		Asked         int     `json:"asked"`
		Answered      int     `json:"answered"`
		NeverAnswered int     `json:"never_answered"`
		MedianMinutes float64 `json:"median_minutes"`
		HelperAsks    int     `json:"helper_asks"`
		NeedlessAsks  int     `json:"needless_asks"`
	}
	jsonNudges struct {
		Total         int            `json:"total"`
		PerPersonWeek jsonPerWeek    `json:"per_person_week"`
		MaxInOneDay   int            `json:"max_in_24_hours"`
		Posts         int            `json:"posts"`
		Held          map[string]int `json:"held"`
	}
	jsonPerWeek struct {
		Mean float64 `json:"mean"`
		P95  float64 `json:"p95"`
		Max  int     `json:"max"`
	}
	jsonPlaybook struct {
		Name   string       `json:"name"`
		Nudges int          `json:"nudges"`
		Posts  int          `json:"posts"`
		Sample []jsonSample `json:"sample"`
	}
	jsonSample struct {
		Time   string `json:"time"`
		Rule   string `json:"rule"`
		Room   string `json:"room"`
		To     string `json:"to,omitempty"`
		Reason string `json:"reason"`
		Fate   string `json:"fate"`
	}
	jsonOff struct {
		Playbook string `json:"playbook"`
		Rule     string `json:"rule"`
		Why      string `json:"why"`
	}
)

// WriteJSON writes the report as one JSON object. took is how long the rehearsal ran; it is the only value that
// differs from run to run.
func (r *Result) WriteJSON(w io.Writer, names Namer, took time.Duration) error {
	out := jsonReport{
		Messages: r.Messages, People: r.People, Channels: r.Channels, From: stamp(r.First), To: stamp(r.Last),
		Questions: jsonQuestions{
			Asked: r.Questions.Asked, Answered: r.Questions.Answered, NeverAnswered: r.Questions.NeverAnswered,
			MedianMinutes: rounded(r.Questions.MedianMinutes), HelperAsks: r.Questions.HelperAsks, NeedlessAsks: r.Questions.NeedlessAsks,
		},
		Nudges: jsonNudges{
			Total: r.Nudges.Total, MaxInOneDay: r.Nudges.Day, Posts: r.Nudges.Posts, Held: r.Nudges.Held,
			PerPersonWeek: jsonPerWeek{Mean: rounded(r.Nudges.Mean), P95: r.Nudges.P95, Max: r.Nudges.Max},
		},
		Playbooks: []jsonPlaybook{}, Off: []jsonOff{}, Skipped: r.Skipped, Consent: r.Consent, Seconds: rounded(took.Seconds()),
	}
	for _, p := range r.Playbooks {
		out.Playbooks = append(out.Playbooks, jsonPlaybookOf(p, names))
	}
	for _, o := range r.Off {
		out.Off = append(out.Off, jsonOff(o))
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(out); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

func jsonPlaybookOf(p Played, names Namer) jsonPlaybook {
	out := jsonPlaybook{Name: p.Name, Nudges: p.Nudges, Posts: p.Posts, Sample: []jsonSample{}}
	for _, s := range evenly(p.Sample, sampleMost) {
		line := jsonSample{Time: stamp(s.Time), Rule: s.Rule, Room: names.Room(s.Room), Reason: s.Reason, Fate: s.Fate}
		if s.To != "" {
			line.To = names.Person(s.To)
		}
		out.Sample = append(out.Sample, line)
	}
	return out
}

// evenly takes at most n of a list, spread over all of it.
func evenly[T any](list []T, n int) []T {
	if len(list) <= n {
		return list
	}
	out := make([]T, 0, n)
	for i := range n {
		out = append(out, list[i*len(list)/n])
	}
	return out
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func rounded(f float64) float64 { return math.Round(f*10000) / 10000 }

// topicLine is one line of --questions.
type topicLine struct {
	Channel     string  `json:"channel"`
	TS          string  `json:"ts"`
	IsQuestion  bool    `json:"is_question"`
	Replied     bool    `json:"replied"`
	Answered    bool    `json:"answered"`
	FirstAnswer *string `json:"first_answer_ts"`
}

// WriteTopics writes every message at the top level of a room as a JSON line, with what became of it. ts is the
// message's identifier, and of the first answer its time in Unix seconds with microseconds.
func (r *Result) WriteTopics(w io.Writer, names Namer) error {
	enc := json.NewEncoder(w)
	for _, t := range r.Topics {
		line := topicLine{
			Channel: names.Room(t.Channel), TS: string(t.Message), IsQuestion: t.IsQuestion, Replied: t.Replied, Answered: t.Answered,
		}
		if t.Answered {
			at := fmt.Sprintf("%d.%06d", t.FirstAnswer.Unix(), t.FirstAnswer.Nanosecond()/1000)
			line.FirstAnswer = &at
		}
		if err := enc.Encode(line); err != nil {
			return fmt.Errorf("write the questions: %w", err)
		}
	}
	return nil
}
