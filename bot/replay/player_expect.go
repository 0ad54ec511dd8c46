package replay

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

func (silence) play(p *player) error {
	if untold := p.stage.Said()[p.told:]; len(untold) > 0 {
		return p.fail("but the bot said", untold...)
	}
	return nil
}

// play compares a line with the next thing that the bot said. What falls due within the line's minute counts.
func (e expects) play(p *player) error {
	if p.told == len(p.stage.Said()) {
		if err := p.until(e.at.Add(minute)); err != nil {
			return err
		}
	}
	if p.told == len(p.stage.Said()) {
		return p.fail("but the bot said nothing")
	}
	next := p.stage.Said()[p.told]
	if wrong := e.differs(p, next); wrong != "" {
		return p.fail(wrong, next)
	}
	p.told++
	return nil
}

// differs says what is otherwise than the line has it; "" where nothing is.
func (e expects) differs(p *player, s Said) string {
	switch {
	case !s.At.Truncate(time.Minute).Equal(e.at):
		return fmt.Sprintf("but the bot spoke at %s", p.clock(s.At))
	case e.where(p) != p.place(s):
		return fmt.Sprintf("but the bot spoke %s, not %s", p.place(s), e.where(p))
	}
	if missing := e.missing(s.Text); missing != "" {
		return "but " + missing
	}
	if got := choicesOf(s); e.buttons != nil && !slices.Equal(e.buttons, got) {
		return fmt.Sprintf("but its buttons are [%s]", strings.Join(got, "] ["))
	}
	return ""
}

// missing says which part is the first that the text lacks, and what stands there instead.
func (e expects) missing(text string) string {
	rest := plainly(text)
	for i, part := range e.parts {
		_, after, found := strings.Cut(rest, part)
		switch {
		case found:
			rest = after
		case strings.Contains(plainly(text), part):
			return fmt.Sprintf("%q stands before %q, not after it", part, e.parts[i-1])
		default:
			return fmt.Sprintf("%q is not in it", part) + nearest(part, rest)
		}
	}
	return ""
}

// where is the place of a line as place writes it.
func (e expects) where(p *player) string {
	switch {
	case e.under != "":
		return "↳ " + e.under
	case e.room != "":
		return "→ #" + e.room
	case e.kind != "":
		return "→ @" + e.person + " (" + e.kind + ")"
	}
	return "→ @" + e.person
}

// place is where something was said, as a transcript has it.
func (p *player) place(s Said) string {
	switch {
	case s.To != "" && s.Form:
		return "→ @" + p.names[s.To] + " (form)"
	case s.To != "" && s.Answer:
		return "→ @" + p.names[s.To] + " (answer)"
	case s.To != "":
		return "→ @" + p.names[s.To]
	case s.Under != "":
		return "↳ " + p.names[s.Under]
	}
	return "→ " + p.roomNamed(s.Channel)
}

func (p *player) roomNamed(channel chat.ChannelID) string {
	for name, id := range p.rooms {
		if id == channel {
			return "#" + name
		}
	}
	return string(channel)
}

func choicesOf(s Said) []string {
	var out []string
	for _, b := range s.Buttons {
		out = append(out, choiceOf(b))
	}
	return out
}

func (p *player) clock(at time.Time) string { return at.In(p.t.cast.zone).Format("Mon 15:04") }
