package replay

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"time"
)

// samplesShown is how many samples of a playbook the HTML report lists; they are taken evenly over the whole stretch.
const samplesShown = 60

var (
	//go:embed report.html.tmpl
	reportTemplate string
	//go:embed report.css
	reportStyle string
)

// WriteHTML writes the report as one page for whoever decides about the bot: the sentence and the failures of the
// text report, then plots with the same figures as tables, then every playbook with samples. The page needs nothing
// from anywhere, runs no script, and the same result gives the same bytes. It holds nobody's words; people are
// called what names calls them. zone is that in which times are given, nil for UTC; an empty title has a default.
func (r *Result) WriteHTML(w io.Writer, names Namer, zone *time.Location, title string) error {
	if zone == nil {
		zone = time.UTC
	}
	if title == "" {
		title = "What gofirst would have said"
	}
	t, err := template.New("report").Funcs(template.FuncMap{"thousands": thousands, "count": count, "people": people}).Parse(reportTemplate)
	if err != nil {
		return fmt.Errorf("read the report's template: %w", err)
	}
	page, err := r.page(names, zone)
	if err != nil {
		return err
	}
	page.Title = title
	var b bytes.Buffer // a page is written whole or not at all
	if err := t.Execute(&b, page); err != nil {
		return fmt.Errorf("fill the report: %w", err)
	}
	if _, err := w.Write(b.Bytes()); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

// page is what the template fills in.
type page struct {
	Title     string
	Style     template.CSS
	StyleHash string // which the page's policy allows, and no other
	Stretch   string
	Zone      string
	Opening   []string
	Failures  failureList
	Attention []string // what it would have cost, in sentences
	Figures   figures
	Playbooks []playbookSection
	Held      []counted
	Result    *Result
	Skipped   []counted
}

// counted is a sentence and how often it held.
type counted struct {
	N     int
	Words string
}

// failureList is what would have been needless.
type failureList struct {
	Intro string
	Lines []timed
}

// timed is a sentence about a moment.
type timed struct {
	At    string // for people
	Stamp string // for programs
	Words string
}

func (r *Result) page(names Namer, zone *time.Location) (*page, error) {
	hash := sha256.Sum256([]byte(reportStyle))
	p := &page{
		Style: template.CSS(reportStyle), StyleHash: base64.StdEncoding.EncodeToString(hash[:]),
		Stretch: r.stretch(zone), Zone: zone.String(),
		Opening: r.opening(), Failures: r.failureList(names, zone), Attention: r.attention(), Result: r,
	}
	for _, reason := range byCount(r.Nudges.Held) {
		p.Held = append(p.Held, counted{r.Nudges.Held[reason], whySilent(reason)})
	}
	for _, reason := range byCount(r.Skipped) {
		words := r.About[reason]
		if words == "" {
			words = reason
		}
		p.Skipped = append(p.Skipped, counted{r.Skipped[reason], words})
	}
	for _, played := range r.Playbooks {
		p.Playbooks = append(p.Playbooks, r.sectionOf(played, names, zone))
	}
	var err error
	p.Figures, err = r.figures()
	return p, err
}

func (r *Result) stretch(zone *time.Location) string {
	if r.Messages == 0 || r.First.IsZero() {
		return ""
	}
	const day = "2 January 2006"
	return r.First.In(zone).Format(day) + " to " + r.Last.In(zone).Format(day)
}

func (r *Result) failureList(names Namer, zone *time.Location) (list failureList) {
	needless := r.needless()
	if len(needless) == 0 {
		return list
	}
	shown := evenly(needless, failuresShown)
	list.Intro = failuresIntro(len(shown), len(needless))
	for _, s := range shown {
		list.Lines = append(list.Lines, timed{moment(s.Time, zone), stamp(s.Time), s.failure(names)})
	}
	return list
}

// shouldersLeast is how many people a figure about a part of them must speak of.
const shouldersLeast = 5

// attention says in sentences what the bot would have cost.
func (r *Result) attention() []string {
	n := r.Nudges
	if n.Total == 0 {
		return []string{"It would have sent no private message to anybody."}
	}
	out := []string{fmt.Sprintf("Whoever wrote in a week would have got %.2f private messages in it, on average.", n.Mean)}
	if all := sum(n.Weeks); all > 0 {
		out = append(out, fmt.Sprintf("In %s of 100 such weeks of a person there would have been none.", share(n.Weeks[0], all)))
	}
	if len(n.Each) > 0 {
		out = append(out, fmt.Sprintf("%s would have heard from it at all, half of them at most %s over the whole time.",
			capital(people(len(n.Each))), times(n.Each[len(n.Each)/2])))
	}
	if tenth := len(n.Each) / 10; tenth >= shouldersLeast {
		out = append(out, fmt.Sprintf("The tenth of them who heard most (%s) would have got %s of 100 of these messages.",
			people(tenth), share(sum(n.Each[:tenth]), n.Total)))
	}
	return append(out, fmt.Sprintf("Nobody would have got more than %d in any seven days, or more than %d in any 24 hours.", n.Max, n.Day))
}

func sum(list []int) (n int) {
	for _, v := range list {
		n += v
	}
	return n
}

// share gives a part in 100, and never says all or none of what is not quite that.
func share(part, of int) string {
	percent := 100 * float64(part) / float64(of)
	switch {
	case part < of && percent > 99.9:
		return "more than 99.9"
	case part > 0 && percent < 0.1:
		return "fewer than 0.1"
	case percent > 10 && percent < 99:
		return fmt.Sprintf("%.0f", percent)
	}
	return fmt.Sprintf("%.3g", percent)
}
