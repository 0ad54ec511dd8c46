package playbooks

import (
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
)

// places finds where the words of a playbook stand in its file.
type places struct {
	file   string
	source *source // nil without the file's text
	texts  []scalar
}

// scalar is a text of the file and where it begins.
type scalar struct {
	text         string
	line, column int // from 1, the column in characters
}

func newPlaces(file string, text []byte) places {
	p := places{file: file}
	s, top, ok := readSource(file, text)
	if !ok {
		return p
	}
	p.source = s
	ast.Walk(&p, top.node)
	return p
}

// Visit is called by the YAML package's walker for every node.
func (p *places) Visit(node ast.Node) ast.Visitor {
	v := value{p.source, node}
	switch node := node.(type) {
	case *ast.StringNode:
		p.add(node.Value, v)
	case *ast.LiteralNode:
		p.add(node.Value.Value, v)
		return nil
	}
	return p
}

func (p *places) add(text string, v value) {
	line, column := v.place()
	p.texts = append(p.texts, scalar{text, line, column})
}

// of makes a problem about a stretch of a text. line is that of the text's first key.
func (p places) of(text string, line int, at span, message string) *Problem {
	s, found := p.scalar(text, line)
	if !found {
		return p.problem(line, 1, message)
	}
	line, column := p.within(s, at)
	return p.problem(line, column, message)
}

// scalar finds a text, best at or after a line; a text that is said again stands elsewhere.
func (p places) scalar(text string, line int) (scalar, bool) {
	var best scalar
	for _, s := range p.texts {
		if s.text == text && (best.line == 0 || best.line < line) {
			best = s
		}
	}
	return best, best.line > 0
}

// within finds a stretch of a text in the file: its first word there has as many like it before it as in the text.
// Where escapes hide it, the text's beginning stands for it.
func (p places) within(s scalar, at span) (line, column int) {
	first, _, _ := strings.Cut(strings.TrimSpace(s.text[at.start:at.end]), " ")
	rest := strings.Join(p.source.lines[s.line-1:], "\n")
	i := min(len(rest), len(string([]rune(p.line(s.line))[:s.column-1])))
	if first == "" || i == len(rest) {
		return s.line, s.column
	}
	if rest[i] == '"' || rest[i] == '\'' {
		i++
	}
	for range strings.Count(s.text[:at.start], first) {
		_, after, found := strings.Cut(rest[i:], first)
		if !found {
			return s.line, s.column
		}
		i = len(rest) - len(after)
	}
	next := strings.Index(rest[i:], first)
	if next < 0 {
		return s.line, s.column
	}
	before := rest[:i+next]
	start := strings.LastIndexByte(before, '\n') + 1
	return s.line + strings.Count(before, "\n"), utf8.RuneCountInString(before[start:]) + 1
}

func (p places) line(n int) string { return p.source.lines[n-1] }

// ofButtons makes a problem about the buttons of the action number n of a rule.
func (p places) ofButtons(r *Rule, n int, message string) *Problem {
	const key = "buttons:"
	if p.source == nil {
		return p.problem(r.Line, 1, message)
	}
	before := 0
	for _, a := range r.Do[:n] {
		before += min(1, len(Buttons(a)))
	}
	for line := r.Line; line >= 1 && line <= len(p.source.lines); line++ {
		at := strings.Index(p.line(line), key)
		if at < 0 {
			continue
		}
		if before == 0 {
			return p.problem(line, utf8.RuneCountInString(p.line(line)[:at])+1, message)
		}
		before--
	}
	return p.problem(r.Line, 1, message)
}

func (p places) problem(line, column int, message string) *Problem {
	out := &Problem{File: p.file, Line: line, Column: column, Message: message}
	if p.source != nil && line >= 1 && line <= len(p.source.lines) {
		out.Excerpt = p.line(line)
	}
	return out
}
