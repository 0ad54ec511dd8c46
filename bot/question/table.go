package question

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

const legend = `F1, precision and recall of "is a question", by source; "?" and "? or word" are the F1 of two baselines: ` +
	`contains a question mark, or also begins with an opening word; ns = Detect, nanoseconds a message; - = not defined.`

// WriteTable writes the report for people: a source a line, in alphabetical order, and what the columns mean.
func (r Report) WriteTable(w io.Writer) error {
	wide := len("source")
	for name := range r.Sources {
		wide = max(wide, len(name))
	}
	var b strings.Builder
	const row = "%-*s %8s %9s %9s %9s %9s %9s %7s\n"
	fmt.Fprintf(&b, row, wide, "source", "n", "precision", "recall", "F1", "?", "? or word", "ns")
	for _, name := range slices.Sorted(maps.Keys(r.Sources)) {
		f := r.Sources[name]
		fmt.Fprintf(&b, row, wide, name, fmt.Sprint(f.N), figure(f.Precision), figure(f.Recall), figure(f.F1),
			figure(f.F1Mark), figure(f.F1MarkOrWord), fmt.Sprintf("%.0f", f.Nanoseconds))
	}
	fmt.Fprintln(&b, legend)
	_, err := io.WriteString(w, b.String())
	return err
}

func figure(f *float64) string {
	if f == nil {
		return "-"
	}
	return fmt.Sprintf("%.3f", *f)
}
