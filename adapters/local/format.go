package local

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/gofirst/gofirst/bot/chat"
)

// Format says how posts are shown.
type Format struct {
	Names Namer // required; a Chat is one
	Width int   // of a line, in columns; 100 where it is 0
	Plain bool  // without colours
	// FirstButton numbers the buttons of a post, beginning with it: "[7 Yes] [8 Leave it]". 0 leaves them
	// without numbers.
	FirstButton int
	// Hang is the column at which what does not fit on the first line goes on; under the text where it is 0.
	Hang int
	// Language is that of the weekdays and of "(private)": "fr", or English.
	Language string
}

// The columns of a transcript: when, who, what.
const (
	whenColumns  = 11
	whoColumns   = 20
	textColumn   = whenColumns + whoColumns + 3
	defaultWidth = 100
)

// emojis are those that the bot uses; others stand as ":name:".
var emojis = map[string]string{
	"eyes": "👀", "white_check_mark": "✅", "star": "⭐", "pray": "🙏", "raising_hand": "🙋",
}

// FormatPost shows a post as a line of a transcript, wrapped with a hanging indent and without a line
// break at its end:
//
//	Tue 14:05  bot → @ana (private)   Still open. Shall I quietly ask one person?  [Yes] [Leave it]
//
// All that stands below the first line is indented, so that nobody's words can look like another post.
func FormatPost(p Post, o Format) string {
	hang := textColumn
	if o.Hang > 0 {
		hang = o.Hang
	}
	return wrap(o.clock(p.Time)+"  "+pad(who(p, o), whoColumns)+"   ", what(p, o), hang, o.Width)
}

// FormatNote shows a remark that nobody in the chat sees, such as "stays quiet: nobody needs rescuing",
// in grey unless o.Plain is set. Where at is zero no time stands before it.
func FormatNote(at time.Time, text string, o Format) string {
	head := ""
	if !at.IsZero() {
		head = o.clock(at)
	}
	shown := wrap(pad(head, whenColumns)+"· ", plainLine(text), whenColumns+2, o.Width)
	if o.Plain {
		return shown
	}
	return "\x1b[90m" + shown + "\x1b[0m"
}

// clock says when: "Tue 14:05", "mar 14:05".
func (o Format) clock(at time.Time) string {
	if o.Language == "fr" {
		return [...]string{"dim", "lun", "mar", "mer", "jeu", "ven", "sam"}[at.Weekday()] + at.Format(" 15:04")
	}
	return at.Format("Mon 15:04")
}

// who names the one who acts, and for whom.
func who(p Post, o Format) string {
	person := func(u chat.UserID) string {
		if u == p.Self {
			return "bot"
		}
		return plainLine(o.Names.PersonName(u))
	}
	from, private := person(p.From), " (private)"
	if o.Language == "fr" {
		private = " (privé)"
	}
	switch {
	case p.Kind == Commanded || p.Kind == Pressed || p.Kind == Submitted || p.Kind == Acted:
		return from
	case p.Private && p.Bot:
		return from + " → @" + person(p.To) + private
	case p.Private:
		return from + " → bot" + private
	case p.Answers != "":
		return from + " ↳ " + person(p.Answers)
	}
	return from + " → #" + plainLine(o.Names.ChannelName(p.Channel))
}

// what says what was said or done.
func what(p Post, o Format) string {
	text := plain(p.Text)
	switch p.Kind {
	case Edited:
		text += " (edited)"
	case Deleted:
		text = "(deleted)"
	case ReactionSet:
		return emoji(text)
	case ReactionRemoved:
		return "takes back " + emoji(text)
	case Joined:
		return "(joins)"
	case Left:
		return "(leaves)"
	case Pressed:
		o.FirstButton = 0 // it has been pressed
	case FormOpened:
		return "(form) " + text
	case Submitted:
		return "(sends the form)"
	case Acted:
		return "(menu) " + text
	}
	return strings.TrimLeft(text+numberedLabels(p.Buttons, o.FirstButton), " ")
}

func emoji(name string) string { return orElse(emojis[strings.Trim(name, ":")], name) }

// fixed is a space at which no line is broken.
const fixed = "\x00"

func numberedLabels(buttons []chat.Button, first int) string {
	var b strings.Builder
	for i, x := range buttons {
		if b.WriteByte(' '); i == 0 {
			b.WriteByte(' ')
		}
		label := plainLine(x.Label)
		if first > 0 {
			label = fmt.Sprintf("%d %s", first+i, label)
		}
		b.WriteString("[" + strings.ReplaceAll(label, " ", fixed) + "]")
	}
	return b.String()
}

// wrap puts a text behind a head and breaks it at spaces; all lines but the first begin at the column
// hang. A word that is longer than a line stays whole.
func wrap(head, text string, hang, width int) string {
	if width == 0 {
		width = defaultWidth
	}
	var lines []string
	now := head
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			lines, now = append(lines, now), strings.Repeat(" ", hang)
		}
		for j, word := range strings.Split(line, " ") {
			switch {
			case j == 0:
				now += word
			case columns(now)+1+columns(word) > width && columns(strings.TrimSpace(now)) > 0 && word != "":
				lines, now = append(lines, now), strings.Repeat(" ", hang)+word
			default:
				now += " " + word
			}
		}
	}
	lines = append(lines, now)
	for i := range lines {
		lines[i] = strings.ReplaceAll(strings.TrimRight(lines[i], " "), fixed, " ")
	}
	return strings.Join(lines, "\n")
}

func pad(s string, to int) string { return s + strings.Repeat(" ", max(0, to-columns(s))) }

// columns estimates how wide a terminal shows a text.
func columns(s string) (n int) {
	for _, r := range s {
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul), r >= 0x1f300 && r <= 0x1faff:
			n += 2
		default:
			n++
		}
	}
	return n
}
