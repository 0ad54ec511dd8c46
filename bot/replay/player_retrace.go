package replay

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/playbooks"
)

// Retraced is what came of what people do in a transcript, decision by decision.
type Retraced struct {
	Engine *bot.Engine           // says reasons in words; it plays no more
	On     []*playbooks.Instance // as the transcript turns them on
	Traces []bot.Trace
	Said   []SaidLine
	Zone   *time.Location
}

// SaidLine is one thing that the bot said, as a line of a transcript has it.
type SaidLine struct {
	At   time.Time
	Text string
}

// Retrace plays what people do in a transcript, whatever it wants of the bot: also one that goes otherwise than written
// can be asked why. It goes on to a day after the last line. A *Failure says that somebody cannot do what they do there.
func Retrace(ctx context.Context, t Transcript, o PlayOptions) (r Retraced, err error) {
	p, err := newPlayer(ctx, t, o)
	if err == nil {
		err = p.retrace()
	}
	if err == nil {
		r, err = p.retraced(o.Playbooks)
	}
	if p != nil {
		err = errors.Join(err, p.store.Close())
	}
	if err != nil {
		return r, fmt.Errorf("play %s: %w", t.File, err)
	}
	return r, nil
}

func (p *player) retrace() error {
	for _, p.step = range p.t.steps {
		if err := p.until(p.step.at); err != nil {
			return err
		}
		var err error
		switch do := p.step.do.(type) {
		case silence:
		case expects:
			err = p.until(do.at.Add(minute))
		default:
			err = do.play(p)
		}
		if err != nil {
			return err
		}
	}
	return p.until(p.step.at.Add(24 * time.Hour))
}

func (p *player) retraced(all []*playbooks.Playbook) (Retraced, error) {
	r := Retraced{Engine: p.driver.Engine, Traces: p.traces, Zone: p.t.cast.zone}
	for _, s := range p.stage.Said() {
		r.Said = append(r.Said, SaidLine{s.At, p.sayLine(s)})
	}
	for _, b := range p.t.cast.books {
		for _, book := range all {
			if book.ID != b.id {
				continue
			}
			values, err := book.Fill(p.settings(book, b))
			if err != nil {
				return r, err
			}
			r.On = append(r.On, &playbooks.Instance{Playbook: book, Settings: values})
		}
	}
	return r, nil
}

// Holds reports whether a line of the file is one of this transcript's, and gives its time: that of the line itself, or
// of the last one before it that has one.
func (t Transcript) Holds(line int) (at time.Time, ok bool) {
	for _, s := range t.steps {
		if s.line <= line {
			at = s.at
		}
	}
	last := t.steps[len(t.steps)-1]
	return at, t.Line <= line && line <= last.line && !at.IsZero()
}
