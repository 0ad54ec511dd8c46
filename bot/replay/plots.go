package replay

import (
	"fmt"
	"slices"
	"time"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/palette"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
)

// This file says what each plot of the HTML report shows. No name and no word of anybody is in a plot.

// questionPanels draw, by month, of which there is at least one, what was asked, what stayed alone, and how long the others waited.
func questionPanels(months []Month) []panel {
	var asked, alone bars
	var waits []float64
	for _, m := range months {
		asked.add(float64(m.Asked))
		alone.add(float64(m.NeverAnswered))
		waits = append(waits, m.MedianMinutes)
	}
	panels := []panel{
		barPanel("Questions asked", months, 3, inkAsked, asked),
		barPanel("Of these, never answered", months, 2, inkAlone, alone),
	}
	if slices.Max(waits) > 0 {
		panels = append(panels, waitPanel("Median wait for an answer (logarithmic)", months, waits))
	}
	return panels
}

// nudgePanels draw the private messages by month.
func nudgePanels(months []Month) []panel {
	var nudges bars
	for _, m := range months {
		nudges.add(float64(m.Nudges))
	}
	return []panel{barPanel("", months, 3, inkSaid, nudges)}
}

// barPanel draws one bar a month.
func barPanel(title string, months []Month, weight float64, ink ink, b bars) panel {
	return panel{title: title, weight: weight, plot: func(width vg.Length) *plot.Plot {
		p := blank()
		p.Add(rules(), b.in(ink))
		p.X.Tick.Marker = monthTicks(months, width)
		p.Y.Tick.Marker, p.Y.Min, p.Y.Max = wholeTicks(b.most())
		p.X.Min, p.X.Max = -0.6, float64(len(months))-0.4
		return p
	}}
}

// waitPanel draws waits in minutes on a logarithmic scale. A month without any leaves a gap.
func waitPanel(title string, months []Month, waits []float64) panel {
	return panel{title: title, weight: 3, plot: func(width vg.Length) *plot.Plot {
		p := blank()
		p.Add(rules())
		p.Y.Scale = plot.LogScale{}
		p.Y.Tick.Marker, p.Y.Min, p.Y.Max = waitTicks(waits)
		for _, run := range runs(waits, p.Y.Min) {
			p.Add(&plotter.Line{XYs: run, LineStyle: inkWait.line(1.6)})
			p.Add(&plotter.Scatter{XYs: run, GlyphStyle: inkWait.dot(dotFor(len(months), width))})
		}
		p.X.Tick.Marker = monthTicks(months, width)
		p.X.Min, p.X.Max = -0.6, float64(len(months))-0.4
		return p
	}}
}

// dotFor makes dots smaller where there are many.
func dotFor(n int, width vg.Length) float64 {
	return min(2.6, max(0.8, float64(width)/float64(n)/4))
}

// runs cuts a series at its gaps. What lies below the scale is drawn on its edge.
func runs(values []float64, least float64) (all []plotter.XYs) {
	var run plotter.XYs
	for i, v := range values {
		if v > 0 {
			run = append(run, plotter.XY{X: float64(i), Y: max(v, least)})
			continue
		}
		if len(run) > 0 {
			all = append(all, run)
		}
		run = nil
	}
	if len(run) > 0 {
		all = append(all, run)
	}
	return all
}

// bin is a range of how many private messages a person got, and how many people fell into it.
type bin struct{ from, to, people int }

func (b bin) String() string {
	switch {
	case b.from == b.to:
		return fmt.Sprint(b.from)
	case b.to < 0:
		return fmt.Sprintf("over %d", b.from-1)
	}
	return fmt.Sprintf("%d–%d", b.from, b.to)
}

// binned sorts people by how many messages each got. Bins after the last person are left out.
func binned(each []int) []bin {
	all := []bin{{1, 1, 0}, {2, 2, 0}, {3, 3, 0}, {4, 5, 0}, {6, 10, 0}, {11, 20, 0}, {21, 50, 0}, {51, 100, 0}, {101, -1, 0}}
	last := -1
	for _, n := range each {
		i := slices.IndexFunc(all, func(b bin) bool { return n >= b.from && (b.to < 0 || n <= b.to) })
		if i >= 0 {
			all[i].people++
			last = max(last, i)
		}
	}
	return all[:last+1]
}

// peoplePanels draw how the private messages were spread over people.
func peoplePanels(bins []bin) []panel {
	var b bars
	var ticks plot.ConstantTicks
	for i, bin := range bins {
		b.add(float64(bin.people))
		ticks = append(ticks, plot.Tick{Value: float64(i), Label: bin.String()})
	}
	return []panel{{title: "People, by private messages got in all", weight: 3, plot: func(vg.Length) *plot.Plot {
		p := blank()
		p.Add(rules(), b.in(inkSaid))
		p.X.Tick.Marker = ticks
		p.Y.Tick.Marker, p.Y.Min, p.Y.Max = wholeTicks(b.most())
		p.X.Min, p.X.Max = -0.6, float64(len(bins))-0.4
		return p
	}}}
}

// week is a heat map's grid: hours from left to right, Monday at the top.
type week struct{ levels [7][24]int }

// Dims, Z, X and Y are what plotter.HeatMap asks for.
func (w week) Dims() (c, r int)   { return 24, 7 }
func (w week) Z(c, r int) float64 { return float64(w.levels[6-r][c]) }
func (w week) X(c int) float64    { return float64(c) + 0.5 }
func (w week) Y(r int) float64    { return float64(r) }

// Colors makes the shades a gonum palette.
func (s shades) Colors() (all []colour) {
	for _, i := range s {
		all = append(all, i.colour())
	}
	return all
}

var _ palette.Palette = shades(nil)

// weekPanels draw when in the week the bot would have spoken.
func weekPanels(levels [7][24]int) []panel {
	return []panel{{title: "", weight: 4, plot: func(vg.Length) *plot.Plot {
		p := blank()
		p.Add(&plotter.HeatMap{GridXYZ: week{levels}, Palette: heat(), Min: 0, Max: heatLevels})
		hours, days := plot.ConstantTicks{}, plot.ConstantTicks{}
		for h := 0; h <= 24; h += 6 {
			hours = append(hours, plot.Tick{Value: float64(h), Label: fmt.Sprintf("%02d:00", h)})
		}
		for d := range 7 {
			days = append(days, plot.Tick{Value: float64(6 - d), Label: weekday(d).String()[:3]})
		}
		p.X.Tick.Marker, p.Y.Tick.Marker = hours, days
		p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = 0, 24, -0.5, 6.5
		return p
	}}}
}

// weekday gives the days as Result.Hours counts them: Monday first.
func weekday(d int) time.Weekday { return time.Weekday((d + 1) % 7) }

// heatLevels is how many shades there are above nothing.
const heatLevels = 5

// heatOf sorts counts into levels of equal width, and says which counts each level holds.
func heatOf(hours [7][24]int) (levels [7][24]int, upTo [heatLevels + 1]int) {
	most := 0
	for _, day := range hours {
		most = max(most, slices.Max(day[:]))
	}
	for i := range upTo {
		upTo[i] = most * i / heatLevels
	}
	for d, day := range hours {
		for h, n := range day {
			for n > upTo[levels[d][h]] {
				levels[d][h]++
			}
		}
	}
	return levels, upTo
}
