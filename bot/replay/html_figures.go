package replay

import (
	"fmt"
	"html/template"
	"slices"
	"time"
)

// figures are the plots of a report; one without anything to show is nil.
type figures struct{ Questions, Nudges, People, Week *figure }

// figure is a plot with the same figures as a table.
type figure struct {
	ID      string
	Title   string
	Alt     string // what can be seen, for who cannot
	Wide    template.HTML
	Narrow  template.HTML
	Keys    []shadeKey
	Columns []string
	Rows    [][]string // the first cell is the row's head
}

// shadeKey says what a shade of the heat map stands for.
type shadeKey struct {
	Level int
	Words string
}

func (r *Result) figures() (all figures, err error) {
	for _, one := range []struct {
		to  **figure
		has bool
		of  func() (*figure, []panel)
	}{
		{&all.Questions, r.Questions.Asked > 0 && len(r.Months) > 0, r.questionFigure},
		{&all.Nudges, r.Nudges.Total > 0 && len(r.Months) > 0, r.nudgeFigure},
		{&all.People, len(r.Nudges.Each) > 0, r.peopleFigure},
		{&all.Week, r.Hours != [7][24]int{}, r.weekFigure},
	} {
		if !one.has {
			continue
		}
		f, panels := one.of()
		if f.Wide, err = figureSVG(panels, wideWidth); err != nil {
			return all, err
		}
		if f.Narrow, err = figureSVG(panels, narrowWidth); err != nil {
			return all, err
		}
		*one.to = f
	}
	return all, nil
}

func (r *Result) questionFigure() (*figure, []panel) {
	f := &figure{
		ID: "questions", Title: "Questions by month, and how long they waited",
		Columns: []string{"Month", "Asked", "Never answered", "Median wait"},
	}
	busy, alone := 0, 0
	var waits []float64
	for i, m := range r.Months {
		wait := "–"
		if m.MedianMinutes > 0 {
			wait = roughly(minutes(m.MedianMinutes))
			waits = append(waits, m.MedianMinutes)
		}
		f.Rows = append(f.Rows, []string{monthName(m), thousands(m.Asked), thousands(m.NeverAnswered), wait})
		if m.Asked > r.Months[busy].Asked {
			busy = i
		}
		if m.NeverAnswered > r.Months[alone].NeverAnswered {
			alone = i
		}
	}
	f.Alt = fmt.Sprintf("%s Most were asked in %s: %s. Most of those never answered were asked in %s: %s.", r.overMonths("Questions asked, those never answered, and the median wait"),
		monthName(r.Months[busy]), thousands(r.Months[busy].Asked), monthName(r.Months[alone]), thousands(r.Months[alone].NeverAnswered))
	if len(waits) > 0 {
		f.Alt += fmt.Sprintf(" The median wait lay between %s and %s.", roughly(minutes(slices.Min(waits))), roughly(minutes(slices.Max(waits))))
	}
	return f, questionPanels(r.Months)
}

func (r *Result) nudgeFigure() (*figure, []panel) {
	f := &figure{
		ID: "nudges", Title: "Private messages by month", Columns: []string{"Month", "Private messages", "Posts in rooms"},
	}
	most := 0
	for i, m := range r.Months {
		f.Rows = append(f.Rows, []string{monthName(m), thousands(m.Nudges), thousands(m.Posts)})
		if m.Nudges > r.Months[most].Nudges {
			most = i
		}
	}
	f.Alt = fmt.Sprintf("%s Most in %s: %s.", r.overMonths("Private messages that the bot would have sent"), monthName(r.Months[most]), thousands(r.Months[most].Nudges))
	return f, nudgePanels(r.Months)
}

func (r *Result) peopleFigure() (*figure, []panel) {
	bins := binned(r.Nudges.Each)
	f := &figure{
		ID: "people", Title: "How the private messages were spread over people", Columns: []string{"Private messages in all", "People"},
		Alt: fmt.Sprintf("Bars: %s would have got at least one private message over the whole time; most to one person: %s.",
			people(len(r.Nudges.Each)), thousands(r.Nudges.Each[0])),
	}
	for _, b := range bins {
		f.Rows = append(f.Rows, []string{b.String(), thousands(b.people)})
	}
	return f, peoplePanels(bins)
}

func (r *Result) weekFigure() (*figure, []panel) {
	levels, upTo := heatOf(r.Hours)
	f := &figure{ID: "week", Title: "Private messages by weekday and hour", Columns: []string{"Hour"}, Keys: shadeKeys(upTo)}
	day, hour := 0, 0
	for d := range 7 {
		f.Columns = append(f.Columns, weekday(d).String()[:3])
	}
	for h := range 24 {
		row := []string{fmt.Sprintf("%02d:00", h)}
		for d := range 7 {
			row = append(row, thousands(r.Hours[d][h]))
			if r.Hours[d][h] > r.Hours[day][hour] {
				day, hour = d, h
			}
		}
		f.Rows = append(f.Rows, row)
	}
	f.Alt = fmt.Sprintf("Heat map of the week. Most private messages fall on %s between %02d:00 and %02d:00: %s.",
		weekday(day), hour, hour+1, thousands(r.Hours[day][hour]))
	return f, weekPanels(levels)
}

// shadeKeys says which counts a shade stands for. Where there are fewer counts than shades, some stand for none.
func shadeKeys(upTo [heatLevels + 1]int) []shadeKey {
	keys := []shadeKey{{0, "none"}}
	for level := 1; level <= heatLevels; level++ {
		from, to := upTo[level-1]+1, upTo[level]
		switch {
		case from == to:
			keys = append(keys, shadeKey{level, thousands(to)})
		case from < to:
			keys = append(keys, shadeKey{level, thousands(from) + "–" + thousands(to)})
		}
	}
	return keys
}

// overMonths begins the description of a plot over months.
func (r *Result) overMonths(what string) string {
	first, last := r.Months[0], r.Months[len(r.Months)-1]
	if len(r.Months) == 1 {
		return fmt.Sprintf("%s in %s.", what, monthName(first))
	}
	return fmt.Sprintf("%s by month, from %s to %s.", what, monthName(first), monthName(last))
}

func monthName(m Month) string { return m.Start.Format("January 2006") }

func minutes(n float64) time.Duration { return time.Duration(n * float64(time.Minute)) }
