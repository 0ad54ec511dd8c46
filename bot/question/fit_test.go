package question

import (
	"flag"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	gotoken "go/token"
	"hash/fnv"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var refit = flag.Bool("fit", false, "fit the weights anew on $GOFIRST_CORPORA and rewrite weights.go")

// The parameters of a model: a weight for each cue in each slot, the same again for what a question mark
// changes about it, and one for each shape.
const (
	perSide    = int(cues) * int(slots)
	parameters = 2*perSide + int(shapes)
)

// An example is one message; features holds the indices of the parameters of each of its sentences.
type example struct {
	source   string
	variant  int // 0 as written, 1 without "?" and in lower case, 2 the same without any end
	fold     int // by group, so that no meeting or conversation stands on both sides of a split
	label    float64
	weight   float64
	features [][]int
}

// shares is what the sources weigh in the sum of losses, by variant. The openings of threads (f2chat) weigh
// little: labelled by what the thread was about, even "Hello." is a question there. Where the label is the transcriber's
// own question mark the text as written stays in, to teach that those who write marks do not forget them.
var shares = map[string][3]float64{
	"mrda": {3, 1.2, .9}, "swda": {2, .8, .6}, "labforsims": {2, .8, .6}, "f2chat-threadintent": {.2, .08, .06},
	"fqb": {1.5, .6, .45}, "gsd": {.3, .12, .09}, "sequoia": {.3, .12, .09},
	"rhapsodie": {2, .2, .15}, "parisstories": {2, .2, .15},
}

const (
	folds   = 5
	ridge   = 1.5e-4
	balance = .25 // how far the share of questions in a source is pushed towards one half
	fewer   = -.3 // added to unmarked sentences: chat has more statements of other kinds than the data
	more    = .5  // added to marked ones: who types a question mark in a chat means it
)

// hunches is what speakers know and meetings and consultations hardly show: the weight to which the ridge
// draws a cue that opens or stands inside. Where the data speak they prevail.
var hunches = map[cue]float64{
	pWonder: 3.5, pAnyKnow: 2, pAnyIdea: 2, pQlqSait: 2.5, pEstWh: 2.5, pPeutTu: 2.5, pCommentFaire: 2, pWhInvert: 2, pWhichInvert: 3,
	pEstCe: 1, pQuEst: 1, pTie: 1, cWhich: 1, cPourquoi: 1, cCombien: 1, cQuel: 1, cOu: 1, cComment: 1, cQuand: .5, cGreet: -1, cAll: -1,
}

// TestFit makes weights.go. It prints F1 by source on the messages whose group was left out of the fit,
// then fits on all of them.
func TestFit(t *testing.T) {
	if !*refit {
		t.Skip("pass -fit to rewrite weights.go")
	}
	all := examples(t)
	weigh(all)
	held := make([]float64, len(all))
	for k := range folds {
		w := fit(all, k)
		for i := range all {
			if all[i].fold == k {
				held[i], _ = all[i].strongest(w)
			}
		}
	}
	t.Log("F1 on groups left out:\n" + byVariant(all, held))
	if err := os.WriteFile("weights.go", source(t, fit(all, -1)), 0o644); err != nil {
		t.Fatal(err)
	}
}

func examples(t *testing.T) []example {
	var all []example
	for variant, name := range []string{"questions.jsonl", "questions-noqm.jsonl"} {
		f, err := os.Open(filepath.Join(corpora(t), name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for l, err := range lines(f) {
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, newExample(l, variant, l.text))
			if variant == 1 {
				all = append(all, newExample(l, 2, strings.TrimRight(l.text, " .,!;")))
			}
		}
	}
	return all
}

func newExample(l line, variant int, text string) example {
	h := fnv.New32a()
	h.Write([]byte(l.group))
	e := example{source: l.source, variant: variant, fold: int(h.Sum32() % folds), features: features(text)}
	if l.label {
		e.label = 1
	}
	return e
}

func features(text string) [][]int {
	var all [][]int
	for r := (reader{scan: scanner{text: text}}); r.next(); {
		var one []int
		for c, seen := range r.seen[1:] {
			for at := range int(slots) {
				if seen>>at&1 == 0 {
					continue
				}
				i := (c+1)*int(slots) + at
				one = append(one, i)
				if r.ended == mark {
					one = append(one, perSide+i)
				}
			}
		}
		for i, bits := 0, r.shapes(); bits != 0; i, bits = i+1, bits>>1 {
			if bits&1 == 1 {
				one = append(one, 2*perSide+i)
			}
		}
		all = append(all, one)
	}
	return all
}

// weigh gives each source and variant its share, whatever its size.
func weigh(all []example) {
	type cell struct {
		source  string
		variant int
	}
	n, yes := map[cell]float64{}, map[cell]float64{}
	for _, e := range all {
		n[cell{e.source, e.variant}]++
		yes[cell{e.source, e.variant}] += e.label
	}
	for i := range all {
		e := &all[i]
		c := cell{e.source, e.variant}
		e.weight = shares[e.source][e.variant] / n[c]
		prior := yes[c] / n[c]
		if prior == 0 || prior == 1 {
			continue
		}
		want := prior*(1-balance) + .5*balance
		if e.label == 1 {
			e.weight *= want / prior
		} else {
			e.weight *= (1 - want) / (1 - prior)
		}
	}
}

// strongest gives the score of the example's best sentence, and that sentence.
func (e *example) strongest(w []float64) (float64, []int) {
	best, at := float64(unheard), []int(nil)
	for _, s := range e.features {
		z := 0.0
		for _, i := range s {
			z += w[i]
		}
		if z > best {
			best, at = z, s
		}
	}
	return best, at
}

// fit minimises the weighted logistic loss with a ridge, on all folds but one, by 250 steps of Adam.
func fit(all []example, without int) []float64 {
	w, m, v := drawn(), make([]float64, parameters), make([]float64, parameters)
	for step := 1.0; step <= 250; step++ {
		rate := .15 * math.Pow(.1, max(0, step-150)/100)
		for i, g := range gradient(all, without, w) {
			m[i] = .9*m[i] + .1*g
			v[i] = .99*v[i] + .01*g*g
			w[i] -= rate * m[i] / (1 - math.Pow(.9, step)) / (math.Sqrt(v[i]/(1-math.Pow(.99, step))) + 1e-9)
		}
	}
	for i := range int(loud - quiet) {
		w[2*perSide+int(quiet)+i] += fewer
		w[2*perSide+int(loud)+i] += more
	}
	return w
}

func gradient(all []example, without int, w []float64) []float64 {
	g, total := make([]float64, parameters), 0.0
	for i := range all {
		e := &all[i]
		if e.fold == without {
			continue
		}
		total += e.weight
		z, s := e.strongest(w)
		d := (1/(1+math.Exp(-z)) - e.label) * e.weight
		for _, i := range s {
			g[i] += d
		}
	}
	for i, h := range drawn() {
		g[i] = g[i]/total + ridge*(w[i]-h)
	}
	return g
}

// drawn gives the parameters to which the ridge draws.
func drawn() []float64 {
	w := make([]float64, parameters)
	for c, h := range hunches {
		for _, at := range []slot{opens, begins, inside} {
			w[int(c)*int(slots)+int(at)] = h
		}
	}
	return w
}

func byVariant(all []example, scores []float64) string {
	counts := map[string]*tally{}
	for i, e := range all {
		key := fmt.Sprintf("%-20s %d", e.source, e.variant)
		if counts[key] == nil {
			counts[key] = new(tally)
		}
		counts[key].add(scores[i] >= 0, e.label == 1)
	}
	var b strings.Builder
	for _, key := range slices.Sorted(maps.Keys(counts)) {
		c := counts[key]
		fmt.Fprintf(&b, "%s  F1 %s  false alarms %d  missed %d\n", key, figure(c.f1()), c.alarms, c.missed)
	}
	return b.String()
}

// source writes the parameters as Go.
func source(t *testing.T, w []float64) []byte {
	var b strings.Builder
	b.WriteString(weightsHead)
	for c, name := range names(t, "cue.go", "cue") {
		if c == 0 || c >= int(cues) {
			continue
		}
		fmt.Fprintf(&b, "%s: {{", name)
		row := w[c*int(slots) : (c+1)*int(slots)]
		for _, x := range row {
			fmt.Fprintf(&b, "%.2f, ", x+0)
		}
		b.WriteString("}, {")
		for at, x := range row {
			fmt.Fprintf(&b, "%.2f, ", x+w[perSide+c*int(slots)+at])
		}
		b.WriteString("}},\n")
	}
	b.WriteString("}\n\n" + shapesHead)
	for _, x := range w[2*perSide:] {
		fmt.Fprintf(&b, "%.2f, ", x)
	}
	b.WriteString("}\n")
	out := strings.NewReplacer("-0.00", "0", "0.00", "0", ", }", "}").Replace(b.String())
	formatted, err := format.Source([]byte(out))
	if err != nil {
		t.Fatal(err)
	}
	return formatted
}

// names lists the constants of a file that count up under a type.
func names(t *testing.T, file, typ string) []string {
	f, err := parser.ParseFile(gotoken.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, d := range f.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != gotoken.CONST {
			continue
		}
		if first := g.Specs[0].(*ast.ValueSpec); fmt.Sprint(first.Type) != typ {
			continue
		}
		for _, s := range g.Specs {
			if name := s.(*ast.ValueSpec).Names[0].Name; name != "classes" {
				all = append(all, name)
			}
		}
	}
	return all
}

const weightsHead = `package question

// weights says how much a cue speaks for a question, in log-odds: in a sentence that no question mark ends,
// then in one that a mark ends; each by slot: opens, begins, inside, closes.
//
// Fitted by "go test -run TestFit -fit ./bot/question" with GOFIRST_CORPORA set (see fit_test.go): logistic
// loss with a ridge over both files of questions, each message judged by its strongest sentence, sources
// weighed by hand and never by size, cues that the data lack drawn to a hunch; judged by F1 on groups
// (meetings, conversations) left out of the fit.
var weights = [cues][sides][slots]float32{
`

const shapesHead = `// shapeWeights is the same for shapes, in their order.
var shapeWeights = [shapes]float32{`
