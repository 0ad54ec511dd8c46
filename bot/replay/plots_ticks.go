package replay

import (
	"fmt"
	"math"
	"time"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
)

// labelWidth is the room that the label of a month takes.
const labelWidth vg.Length = 40

// monthTicks names as many months as there is room for, and every January by its year.
func monthTicks(months []Month, width vg.Length) plot.ConstantTicks {
	if len(months) == 0 {
		return nil
	}
	most := int(width / labelWidth)
	step := 1
	for _, step = range []int{1, 3, 6, 12, 24, 60, 120} {
		if len(months)/step <= most {
			break
		}
	}
	ticks := plot.ConstantTicks{}
	for i, m := range months {
		n := m.Start.Year()*12 + int(m.Start.Month()) - 1
		switch {
		case n%step != 0:
		case n%12 == 0:
			ticks = append(ticks, plot.Tick{Value: float64(i), Label: m.Start.Format("2006")})
		default:
			ticks = append(ticks, plot.Tick{Value: float64(i), Label: m.Start.Format("Jan")})
		}
	}
	if len(ticks) == 0 {
		ticks = plot.ConstantTicks{{Value: 0, Label: months[0].Start.Format("Jan 2006")}}
	}
	return ticks
}

// wholeTicks marks 0 and a few round numbers, up to the first that is not below most.
func wholeTicks(most float64) (ticks plot.ConstantTicks, from, to float64) {
	step := 1
	for i := 0; float64(step)*4 < most; i++ {
		step = []int{2, 5, 10}[i%3] * int(math.Pow10(i/3))
	}
	for n := 0; ; n += step {
		ticks = append(ticks, plot.Tick{Value: float64(n), Label: thousands(n)})
		if float64(n) >= most && n > 0 {
			return ticks, 0, float64(n)
		}
	}
}

// waitTicks marks waits in minutes, on a scale in which a step is several times the last.
func waitTicks(waits []float64) (ticks plot.ConstantTicks, from, to float64) {
	scale := []time.Duration{
		15 * time.Second, time.Minute, 4 * time.Minute, 15 * time.Minute, time.Hour, 4 * time.Hour,
		24 * time.Hour, 7 * 24 * time.Hour, 28 * 24 * time.Hour, 365 * 24 * time.Hour,
	}
	least, most := math.Inf(1), 0.0
	for _, w := range waits {
		if w > 0 {
			least, most = min(least, w), max(most, w)
		}
	}
	first, last := 0, len(scale)-1
	for first < last-1 && scale[first+1].Minutes() <= least {
		first++
	}
	for last > first+1 && scale[last-1].Minutes() >= most {
		last--
	}
	for _, d := range scale[first : last+1] {
		ticks = append(ticks, plot.Tick{Value: d.Minutes(), Label: waitLabel(d)})
	}
	return ticks, scale[first].Minutes(), scale[last].Minutes()
}

func waitLabel(d time.Duration) string {
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%d s", int(d.Seconds()))
	case d < time.Hour:
		return fmt.Sprintf("%d min", int(d.Minutes()))
	case d < 24*time.Hour:
		return fmt.Sprintf("%d h", int(d.Hours()))
	}
	return fmt.Sprintf("%d d", int(d.Hours()/24))
}
