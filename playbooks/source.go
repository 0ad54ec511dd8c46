package playbooks

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// Problem is a mistake in a playbook, with its place.
type Problem struct {
	File         string
	Line, Column int // from 1; 0 where the whole file is meant
	Message      string
	Excerpt      string // the line, empty where the whole file is meant
}

// Error gives the place, the message, and the line with a caret below the place.
func (p *Problem) Error() string {
	if p.Line == 0 {
		return fmt.Sprintf("%s: %s", p.File, p.Message)
	}
	caret := strings.Repeat(" ", max(0, p.Column-1)) + "^"
	return fmt.Sprintf("%s:%d:%d: %s\n  %s\n  %s", p.File, p.Line, p.Column, p.Message, p.Excerpt, caret)
}

// source is a file being read; it collects problems instead of stopping at the first.
type source struct {
	file     string
	lines    []string
	problems []*Problem
}

// maxBytes bounds a playbook file.
const maxBytes = 64 << 10

// readSource parses YAML and refuses what the language does without.
func readSource(file string, text []byte) (*source, value, bool) {
	s := &source{file: file, lines: strings.Split(string(text), "\n")}
	if len(text) > maxBytes {
		s.whole("is larger than 64 KiB")
		return s, value{}, false
	}
	tree, err := parser.ParseBytes(text, 0)
	if err != nil {
		s.syntax(err)
		return s, value{}, false
	}
	if len(tree.Docs) != 1 || tree.Docs[0].Body == nil {
		s.whole("wants exactly one YAML document")
		return s, value{}, false
	}
	return s, value{source: s, node: tree.Docs[0].Body}, true
}

func (s *source) whole(message string) {
	s.problems = append(s.problems, &Problem{File: s.file, Message: message})
}

// syntax turns the parser's error "[line:column] message\n excerpt" into a problem.
func (s *source) syntax(err error) {
	first, _, _ := strings.Cut(err.Error(), "\n")
	var line, column int
	if _, scan := fmt.Sscanf(first, "[%d:%d]", &line, &column); scan != nil {
		s.whole(first)
		return
	}
	_, message, _ := strings.Cut(first, "] ")
	s.at(line, column, message)
}

// at keeps within the file: the parser counts a carriage return alone as a line.
func (s *source) at(line, column int, message string) {
	line = min(max(1, line), len(s.lines))
	excerpt := strings.TrimSuffix(s.lines[line-1], "\r")
	column = min(max(1, column), utf8.RuneCountInString(excerpt)+1)
	s.problems = append(s.problems, &Problem{File: s.file, Line: line, Column: column, Message: message, Excerpt: excerpt})
}

// value is a node of the file together with where it stands.
type value struct {
	source *source
	node   ast.Node
}

func (v value) fail(format string, args ...any) {
	line, column := v.place()
	v.source.at(line, column, fmt.Sprintf(format, args...))
}

func (v value) place() (line, column int) {
	if v.node == nil || v.node.GetToken() == nil {
		return 1, 1
	}
	node := v.node
	if m, ok := node.(*ast.MappingNode); ok && len(m.Values) > 0 && !m.IsFlowStyle {
		node = m.Values[0].Key
	}
	p := node.GetToken().Position
	return p.Line, p.Column
}

// placeIn is the place of a column, from 1, within a text. Where the text does not stand in one line as it is
// written, or the column is 0, it is that of the text's beginning.
func (v value) placeIn(text string, column int) (line, at int) {
	line, start := v.place()
	if column < 1 || line > len(v.source.lines) {
		return line, start
	}
	written := []rune(v.source.lines[line-1])
	for _, from := range []int{start - 1, start} { // plain, or after a quote
		if from <= len(written) && strings.HasPrefix(string(written[from:]), text) {
			return line, from + column
		}
	}
	return line, start
}

func (v value) line() int {
	line, _ := v.place()
	return line
}

// field is one "key: value" of a mapping.
type field struct {
	key   string
	at    value // the key
	value value
}

// fields gives the pairs of a mapping in order. Keys outside allowed (when there are any) are problems.
func (v value) fields(allowed ...string) []field {
	var pairs []*ast.MappingValueNode
	switch node := v.node.(type) {
	case *ast.MappingNode:
		pairs = node.Values
	case *ast.MappingValueNode:
		pairs = []*ast.MappingValueNode{node}
	default:
		v.refuse("wants keys and values here")
		return nil
	}
	var out []field
	seen := map[string]bool{}
	for _, pair := range pairs {
		f := field{key: pair.Key.GetToken().Value, at: value{v.source, pair.Key}, value: value{v.source, pair.Value}}
		switch {
		case !isPlain(pair.Key):
			f.at.refuse("wants a plain key")
		case seen[f.key]:
			f.at.fail("%q stands here twice", f.key)
		case len(allowed) > 0 && !contains(allowed, f.key):
			f.at.fail("unknown key %q; here may stand %s%s", f.key, strings.Join(allowed, ", "), didYouMean(f.key, allowed))
		default:
			out = append(out, f)
		}
		seen[f.key] = true
	}
	return out
}

func isPlain(key ast.MapKeyNode) bool {
	switch key.(type) {
	case *ast.AnchorNode, *ast.AliasNode, *ast.MergeKeyNode, *ast.MappingKeyNode, *ast.TagNode:
		return false
	}
	return true
}

// refuse says what is wanted, or that the language has no anchors, aliases and tags.
func (v value) refuse(want string) {
	switch v.node.(type) {
	case *ast.AnchorNode, *ast.AliasNode, *ast.MergeKeyNode:
		v.fail("there are no anchors or aliases in playbooks: write it out")
	case *ast.TagNode:
		v.fail("there are no tags in playbooks")
	default:
		v.fail("%s", want)
	}
}

// text gives a scalar as it is written.
func (v value) text() (string, bool) {
	switch node := v.node.(type) {
	case *ast.StringNode:
		return node.Value, true
	case *ast.LiteralNode:
		return node.Value.Value, true
	case *ast.BoolNode, *ast.IntegerNode, *ast.FloatNode:
		return node.GetToken().Value, true
	}
	v.refuse("wants a word or a text here")
	return "", false
}

// list gives the items of a sequence; a scalar is a list of one.
func (v value) list() []value {
	sequence, ok := v.node.(*ast.SequenceNode)
	if !ok {
		return []value{v}
	}
	var out []value
	for _, item := range sequence.Values {
		out = append(out, value{v.source, item})
	}
	return out
}

func (v value) texts() []string {
	var out []string
	for _, item := range v.list() {
		if text, ok := item.text(); ok {
			out = append(out, text)
		}
	}
	return out
}
