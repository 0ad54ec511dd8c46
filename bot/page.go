package bot

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/gofirst/gofirst/bot/chat"
)

// page is an answer of several lines.
type page struct {
	texts *texts
	g     tongue
	body  []chat.Node

	buttons []chat.Button
}

func (t *turn) page(g tongue) *page { return &page{texts: t.texts, g: g} }

// say adds a line.
func (p *page) say(id string, fill holes) { p.line(p.texts.say(p.g, id, fill)...) }

// sayN adds a line with a count.
func (p *page) sayN(id string, n int, fill holes) { p.line(p.texts.sayN(p.g, id, n, fill)...) }

func (p *page) line(nodes ...chat.Node) {
	if len(p.body) > 0 {
		p.body = append(p.body, chat.Text("\n"))
	}
	p.body = append(p.body, nodes...)
}

// items adds points, one a line.
func (p *page) items(list [][]chat.Node) {
	for _, item := range list {
		p.line(append([]chat.Node{chat.Text("• ")}, item...)...)
	}
}

// tell answers with one sentence.
func (t *turn) tellBack(c *call, id string, fill holes) error {
	t.answer(c.reply, t.texts.say(c.g, id, fill))
	return nil
}

// answerLater answers once the turn is stored, with what can only be written outside of it: because a service has
// to be asked first.
func (t *turn) answerLater(reply chat.ReplyHandle, write func(context.Context) []chat.Node, buttons ...chat.Button) {
	t.onStored(func(ctx context.Context) {
		late := &turn{Engine: t.Engine, ctx: ctx, conn: t.conn}
		late.answer(reply, write(ctx), buttons...)
		for _, f := range late.after {
			f(ctx)
		}
	})
}

// moment says a time as people do: "Monday 30 November, 09:00"; at midnight the day alone.
func (x *texts) moment(g tongue, at, now time.Time) []chat.Node {
	local, id := at.In(g.zone), "date.time"
	if local.Hour() == 0 && local.Minute() == 0 {
		id = "date.day"
	}
	dayOfMonth := strconv.Itoa(local.Day())
	if local.Day() == 1 {
		dayOfMonth = x.word(g, "date.first")
	}
	month := x.word(g, "month."+strings.ToLower(local.Month().String()))
	if local.Year() != now.In(g.zone).Year() {
		month += " " + strconv.Itoa(local.Year())
	}
	return x.say(g, id, holes{
		"weekday": text(x.word(g, "weekday."+strings.ToLower(local.Weekday().String()))),
		"day":     text(dayOfMonth),
		"month":   text(month),
		"time":    text(local.Format("15:04")),
	})
}

// wait says a length of waiting: "2 working days", "une heure ouvrée".
func (x *texts) wait(g tongue, w calendar.Wait) []chat.Node {
	return x.sayN(g, "wait."+waitUnits()[w.Unit], w.Count, nil)
}

func waitUnits() map[calendar.Unit]string {
	return map[calendar.Unit]string{
		calendar.ElapsedMinutes: "minutes", calendar.ElapsedHours: "hours",
		calendar.ActiveMinutes: "active_minutes", calendar.ActiveHours: "active_hours",
		calendar.WorkingDays: "working_days", calendar.CalendarDays: "days", calendar.CalendarWeeks: "weeks",
	}
}

// joined puts lists of nodes after each other, with something in between.
func joinNodes(between string, list ...[]chat.Node) []chat.Node {
	var out []chat.Node
	for _, nodes := range list {
		if len(nodes) == 0 {
			continue
		}
		if len(out) > 0 {
			out = append(out, chat.Text(between))
		}
		out = append(out, nodes...)
	}
	return out
}

// normal makes words comparable: lower case, no accents, no punctuation around.
func normal(word string) string {
	plain := strings.NewReplacer("à", "a", "â", "a", "é", "e", "è", "e", "ê", "e", "î", "i", "ô", "o", "û", "u", "ç", "c", "’", "'")
	return strings.Trim(plain.Replace(strings.ToLower(word)), " ,;:.!?\"“”«»()")
}

func numeral(n int) []chat.Node { return text(strconv.Itoa(n)) }
