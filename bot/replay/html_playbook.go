package replay

import "time"

// playbookSection is what a report says of one playbook.
type playbookSection struct {
	Name    string
	Spoke   string
	Rules   []ruleFates
	Samples []sampleRow
	All     int // of which Samples are taken evenly
	Off     []Off
}

// ruleFates is what became of what one rule would have said.
type ruleFates struct {
	Rule  string
	N     int
	Fates []counted
}

// sampleRow is one thing that would have been said.
type sampleRow struct {
	timed   // Words: what became of it
	Room    string
	Rule    string
	To      string
	ByClock string // until what Words speaks of
}

func (r *Result) sectionOf(p Played, names Namer, zone *time.Location) playbookSection {
	out := playbookSection{Name: p.Name, Spoke: capital(spoke(p)), Rules: fatesOf(p.Sample), All: len(p.Sample)}
	for _, s := range evenly(p.Sample, samplesShown) {
		out.Samples = append(out.Samples, rowOf(s, names, zone))
	}
	for _, o := range r.Off {
		if o.Playbook == p.Name {
			out.Off = append(out.Off, o)
		}
	}
	return out
}

func rowOf(s Sample, names Namer, zone *time.Location) sampleRow {
	row := sampleRow{
		timed: timed{moment(s.Time, zone), stamp(s.Time), s.ending()}, Room: names.Room(s.Room), Rule: s.Rule, To: "the room",
	}
	switch {
	case s.To == "":
	case s.To == s.Author:
		row.To = "its author, " + names.Person(s.To)
	default:
		row.To = names.Person(s.To)
	}
	switch {
	case s.After >= time.Minute:
		row.ByClock = "after " + roughly(s.After) + " by the clock"
	case s.After > 0:
		row.ByClock = later(s.After)
	}
	return row
}

// ending is what became of it, and says it too where somebody was told of their own question.
func (s Sample) ending() string {
	if s.Fate == fateTold && s.After > 0 {
		return "somebody came"
	}
	return s.About
}

// fatesOf counts what became of samples, by rule; the rule that spoke most comes first.
func fatesOf(samples []Sample) (all []ruleFates) {
	byRule := map[string]map[string]int{}
	rules := map[string]int{}
	for _, s := range samples {
		if byRule[s.Rule] == nil {
			byRule[s.Rule] = map[string]int{}
		}
		byRule[s.Rule][s.ending()]++
		rules[s.Rule]++
	}
	for _, rule := range byCount(rules) {
		one := ruleFates{Rule: rule, N: rules[rule]}
		for _, about := range byCount(byRule[rule]) {
			one.Fates = append(one.Fates, counted{byRule[rule][about], about})
		}
		all = append(all, one)
	}
	return all
}
