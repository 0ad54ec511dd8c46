package replay

import (
	"fmt"
	"io"
	"time"
)

// failuresShown is how many failures a report lists.
const failuresShown = 12

// WriteText writes the report for a community manager: a sentence, the failures, what it would have cost.
func (r *Result) WriteText(w io.Writer, names Namer, zone *time.Location) error {
	p := &printer{w: w}
	for _, sentence := range r.opening() {
		p.line("%s", sentence)
	}
	if r.Messages > 0 {
		r.assumptions(p)
	}
	r.failures(p, names, zone)
	r.byPlaybook(p)
	r.silences(p)
	r.leftOut(p)
	return p.err
}

// printer remembers the first error of writing.
type printer struct {
	w   io.Writer
	err error
}

func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format+"\n", args...)
	}
}

// assumptions says what was taken for granted, and what could not be played.
func (r *Result) assumptions(p *printer) {
	p.line("")
	p.line("%s", r.assumed())
	for _, o := range r.Off {
		p.line("Off: %s, %q: %s.", o.Playbook, o.Rule, o.Why)
	}
}

// failures lists what would have been needless, the first thing that a reader wants to see.
func (r *Result) failures(p *printer, names Namer, zone *time.Location) {
	needless := r.needless()
	if len(needless) == 0 {
		return
	}
	shown := evenly(needless, failuresShown)
	p.line("")
	p.line("%s", failuresIntro(len(shown), len(needless)))
	for _, s := range shown {
		p.line("  %s  %s", moment(s.Time, zone), s.failure(names))
	}
}

func (r *Result) byPlaybook(p *printer) {
	p.line("")
	for _, played := range r.Playbooks {
		p.line("%-16s %s", played.Name, spoke(played))
		fates := map[string]int{}
		for _, s := range played.Sample {
			fates[s.About]++
		}
		for _, about := range byCount(fates) {
			p.line("  %6s  %s", thousands(fates[about]), about)
		}
	}
}

// silences says how often the bot held its tongue, and why.
func (r *Result) silences(p *printer) {
	if len(r.Nudges.Held) == 0 {
		return
	}
	p.line("")
	p.line("It held its tongue:")
	for _, reason := range byCount(r.Nudges.Held) {
		p.line("  %6s  %s", thousands(r.Nudges.Held[reason]), whySilent(reason))
	}
}

func (r *Result) leftOut(p *printer) {
	p.line("")
	p.line("Read: %s by %s in %s.", count(r.Messages, "message"), people(r.People), count(r.Channels, "channel"))
	for _, reason := range byCount(r.Skipped) {
		p.line("  %6s  %s: %s", thousands(r.Skipped[reason]), reason, r.About[reason])
	}
}
