package replay

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/gofirst/gofirst/playbooks"
)

// Parse reads the transcripts of a file. It goes on after a mistake and joins all that it finds; each is a
// *playbooks.Problem.
func Parse(file string, text []byte) ([]Transcript, error) {
	p := &parser{file: file, cast: firstCast()}
	p.now.cast = p.cast
	if !utf8.Valid(text) {
		return nil, &playbooks.Problem{File: file, Message: "is not UTF-8 text"}
	}
	lines := strings.Split(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n")
	for at := 0; at < len(lines); {
		next := at + 1
		for next < len(lines) && goesOn(lines[next]) {
			next++
		}
		p.line(&line{parser: p, number: at + 1, text: strings.TrimRight(strings.Join(lines[at:next], "\n"), " \t\n")})
		at = next
	}
	p.finish()
	return p.done, errors.Join(p.problems...)
}

// goesOn reports whether a line continues the one before.
func goesOn(text string) bool {
	return strings.TrimSpace(text) != "" && (text[0] == ' ' || text[0] == '\t')
}

func firstCast() cast {
	week, err := calendar.ParseTimetable("Mon-Fri 09:00-18:00")
	if err != nil {
		panic(err) // it is a constant
	}
	return cast{start: calendar.Date{Year: 2026, Month: time.March, Day: 2}, zone: time.UTC, hours: week, language: "en"}
}

// parser reads a file line by line.
type parser struct {
	file     string
	problems []error
	done     []Transcript
	title    string // the first remark
	cast     cast   // of the file, before its first scene
	now      Transcript
	time     clock
	scenes   bool
}

func (p *parser) line(l *line) {
	switch first := l.peek(); {
	case first == "":
	case strings.HasPrefix(first, "#"):
		if p.title == "" {
			p.title = strings.TrimSpace(strings.TrimLeft(strings.Split(l.text, "\n")[0], "# "))
		}
	case first == "scene":
		l.word()
		p.scene(l)
	case first == "later":
		l.word()
		p.later(l)
	case headings[first] != nil:
		l.word()
		if len(p.now.steps) > 0 {
			l.fail(0, "%q comes before what happens", first)
			return
		}
		headings[first](p, l)
		if !p.scenes {
			p.cast = p.now.cast
		}
	default:
		p.step(l)
	}
}

// scene closes what was before it and begins afresh.
func (p *parser) scene(l *line) {
	if !p.scenes && len(p.now.steps) > 0 {
		l.fail(0, "a scene comes before what happens; put \"scene TITLE\" above the first time too")
	}
	if l.rest() == "" {
		l.fail(len(l.text), "a scene wants a title")
	}
	p.close()
	p.scenes = true
	p.now = Transcript{Line: l.number, Title: l.rest(), cast: p.cast.clone()}
}

// finish closes the last transcript.
func (p *parser) finish() {
	if !p.scenes && p.now.Title == "" {
		p.now.Line, p.now.Title = 1, p.title
	}
	p.close()
	if len(p.done) == 0 && len(p.problems) == 0 {
		p.problems = append(p.problems, &playbooks.Problem{File: p.file, Message: "nothing happens in this transcript"})
	}
}

func (p *parser) close() {
	p.time = clock{}
	if len(p.now.steps) > 0 {
		p.now.File = p.file
		p.done = append(p.done, p.now)
		return
	}
	if p.scenes {
		p.problems = append(p.problems, &playbooks.Problem{
			File: p.file, Line: p.now.Line, Column: 1, Message: "nothing happens in this scene", Excerpt: "scene  " + p.now.Title,
		})
	}
}

// clone lets a scene add to what the file begins with.
func (c cast) clone() cast {
	c.people, c.rooms, c.books = slices.Clone(c.people), slices.Clone(c.rooms), slices.Clone(c.books)
	return c
}

func (c cast) person(name string) bool {
	return slices.ContainsFunc(c.people, func(p person) bool { return p.name == name })
}

func (c cast) room(name string) bool {
	return slices.ContainsFunc(c.rooms, func(r room) bool { return r.name == name })
}

// line is a line of the file, its continuations included, read word by word.
type line struct {
	*parser
	number int
	text   string
	at     int // bytes read
}

// peek gives the next word without taking it; "" at the end.
func (l *line) peek() string {
	rest := strings.TrimLeft(l.text[l.at:], " \t\n")
	if end := strings.IndexAny(rest, " \t\n"); end >= 0 {
		return rest[:end]
	}
	return rest
}

// word takes the next word and tells where it began.
func (l *line) word() (word string, from int) {
	word = l.peek()
	from = len(l.text) - len(strings.TrimLeft(l.text[l.at:], " \t\n"))
	l.at = from + len(word)
	return word, from
}

// rest gives what is left, on one line.
func (l *line) rest() string {
	return strings.Join(strings.Fields(l.text[l.at:]), " ")
}

// entries gives what is left, cut where two spaces, a tab or a line end stand.
func (l *line) entries() []entry {
	var out []entry
	for at := l.at; at < len(l.text); {
		from := at + len(l.text[at:]) - len(strings.TrimLeft(l.text[at:], " \t\n"))
		end := len(l.text)
		for _, gap := range []string{"  ", "\t", "\n"} {
			if i := strings.Index(l.text[from:], gap); i >= 0 {
				end = min(end, from+i)
			}
		}
		if from < end {
			out = append(out, entry{l.text[from:end], from})
		}
		at = end + 1
	}
	return out
}

// entry is a piece of a line and where it begins.
type entry struct {
	text string
	from int
}

// fail notes a mistake at a byte of the line.
func (l *line) fail(at int, format string, args ...any) {
	before := l.text[:min(at, len(l.text))]
	number := l.number + strings.Count(before, "\n")
	start := strings.LastIndexByte(before, '\n') + 1
	l.problems = append(l.problems, &playbooks.Problem{
		File: l.file, Line: number, Column: utf8.RuneCountInString(before[start:]) + 1,
		Message: fmt.Sprintf(format, args...), Excerpt: strings.ReplaceAll(strings.Split(l.text, "\n")[number-l.number], "\t", " "),
	})
}
