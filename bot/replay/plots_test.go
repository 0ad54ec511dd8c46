package replay

import (
	"go/ast"
	goparser "go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/plot"
	"pgregory.net/rapid"

	"github.com/gofirst/gofirst/bot/chat"
)

func TestEveryInkHasItsColoursInTheStyleSheet(t *testing.T) {
	t.Parallel()
	for _, i := range append(shades{inkText, inkAsked, inkAlone, inkWait, inkSaid}, heat()...) {
		if !strings.Contains(reportStyle, `[fill="`+string(i)+`"]`) {
			t.Errorf("report.css does not name %s", i)
		}
	}
	if !strings.Contains(reportStyle, `[stroke="`+string(inkRule)+`"]`) {
		t.Error("report.css does not name the rules")
	}
}

func TestTitlesFitAPhone(t *testing.T) {
	t.Parallel()
	months := []Month{{Start: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), Asked: 1, MedianMinutes: 5}}
	panels := append(questionPanels(months), nudgePanels(months)...)
	for _, p := range append(panels, peoplePanels([]bin{{1, 1, 1}})...) {
		style := lettering()
		style.Font.Size *= 1.05 // bold is a little wider
		if w := style.Width(p.title); w > narrowWidth {
			t.Errorf("%q is %v wide", p.title, w)
		}
	}
}

func TestMonthTicks(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		from   string
		months int
		want   []string
	}{
		{"2021-11", 1, []string{"Nov"}},
		{"2021-11", 4, []string{"Nov", "Dec", "2022", "Feb"}},
		{"2020-02", 20, []string{"Apr", "Jul", "Oct", "2021", "Apr", "Jul"}},
		{"2020-02", 120, []string{"2022", "2024", "2026", "2028", "2030"}},
	} {
		from, err := time.Parse("2006-01", tt.from)
		if err != nil {
			t.Fatal(err)
		}
		var months []Month
		for i := range tt.months {
			months = append(months, Month{Start: from.AddDate(0, i, 0)})
		}
		var got []string
		for _, tick := range monthTicks(months, narrowWidth) {
			got = append(got, tick.Label)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%d months from %s (-want +got):\n%s", tt.months, tt.from, diff)
		}
	}
}

func TestWholeTicksReachTheMost(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		most := rapid.IntRange(0, 5_000_000).Draw(t, "most")
		ticks, from, to := wholeTicks(float64(most))
		if from != 0 || to < float64(most) || len(ticks) < 2 || len(ticks) > 6 {
			t.Fatalf("%d ticks from %v to %v", len(ticks), from, to)
		}
	})
}

func TestWaitTicks(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		waits []float64
		want  string
	}{
		{[]float64{0, 9, 16}, "4 min 15 min 1 h"},
		{[]float64{3, 2000}, "1 min 4 min 15 min 1 h 4 h 1 d 7 d"},
		{[]float64{0.01}, "15 s 1 min"},
		{[]float64{0.01, 9e9}, "15 s 1 min 4 min 15 min 1 h 4 h 1 d 7 d 28 d 365 d"},
	} {
		ticks, from, to := waitTicks(tt.waits)
		if got := labels(ticks); got != tt.want || from <= 0 || to <= from {
			t.Errorf("%v: %q from %v to %v, want %q", tt.waits, got, from, to, tt.want)
		}
	}
}

func labels(ticks plot.ConstantTicks) string {
	var all []string
	for _, t := range ticks {
		all = append(all, t.Label)
	}
	return strings.Join(all, " ")
}

func TestHeatLevelsHoldTheirCounts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var hours [7][24]int
		for range rapid.IntRange(0, 20).Draw(t, "hours") {
			hours[rapid.IntRange(0, 6).Draw(t, "day")][rapid.IntRange(0, 23).Draw(t, "hour")] = rapid.IntRange(0, 300).Draw(t, "n")
		}
		levels, upTo := heatOf(hours)
		for d, day := range hours {
			for h, n := range day {
				level := levels[d][h]
				if level > heatLevels || n > upTo[level] || level > 0 && n <= upTo[level-1] || (n == 0) != (level == 0) {
					t.Fatalf("%d is on level %d of %v", n, level, upTo)
				}
			}
		}
	})
}

func TestBinned(t *testing.T) {
	t.Parallel()
	want := []bin{{1, 1, 2}, {2, 2, 0}, {3, 3, 0}, {4, 5, 1}, {6, 10, 1}}
	if diff := cmp.Diff(want, binned([]int{7, 4, 1, 1}), cmp.AllowUnexported(bin{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := binned([]int{4000}); got[len(got)-1].String() != "over 100" {
		t.Errorf("the last bin is %q", got[len(got)-1])
	}
}

func TestShareIsNeverQuiteAllOrNone(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		part, of int
		want     string
	}{{0, 9, "0"}, {9, 9, "100"}, {9999, 10000, "more than 99.9"}, {1, 10000, "fewer than 0.1"}, {995, 1000, "99.5"}, {1, 3, "33"}, {1, 50, "2"}} {
		if got := share(tt.part, tt.of); got != tt.want {
			t.Errorf("share(%d, %d) = %q, want %q", tt.part, tt.of, got, tt.want)
		}
	}
}

func TestAnAskerIsNoHelper(t *testing.T) {
	t.Parallel()
	r := &rehearsal{tracker: newTracker(false)}
	q := r.questions([]Played{{Sample: []Sample{
		{Fate: fateAlone, To: "ana", Author: "ana"}, {Fate: fateAlone, To: "hal", Author: "ana"}, {Fate: fateNeedless, To: "ida", Author: "ana"},
	}}})
	if q.HelperAsks != 2 || q.NeedlessAsks != 1 {
		t.Errorf("%d helpers asked, %d of them needlessly; want 2 and 1", q.HelperAsks, q.NeedlessAsks)
	}
}

func TestEverySilenceHasWords(t *testing.T) {
	t.Parallel()
	spoke := []chat.Reason{chat.Sent, chat.Asked, chat.RuleFired, chat.NoCoin, chat.CoinHeads, chat.NotTracked}
	known := map[chat.Reason]bool{}
	for _, r := range spoke {
		known[r] = true
	}
	file, err := goparser.ParseFile(token.NewFileSet(), "../chat/reason.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	ast.Inspect(file, func(node ast.Node) bool {
		if lit, ok := node.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			word, err := strconv.Unquote(lit.Value)
			if err != nil {
				t.Fatal(err)
			}
			n++
			if silentBecause[chat.Reason(word)] == "" && !known[chat.Reason(word)] {
				t.Errorf("%q has no words", word)
			}
		}
		return true
	})
	if n < len(spoke) {
		t.Errorf("found only %d reasons", n)
	}
}
