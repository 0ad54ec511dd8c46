package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"github.com/gofirst/gofirst/playbooks"
)

// value is a node of a document together with where it stands.
type value struct {
	doc  *document
	node ast.Node
}

// fail notes what is wrong with a value.
func (v value) fail(format string, args ...any) {
	line, column := v.place()
	v.doc.problems = append(v.doc.problems, v.doc.problem(line, column, fmt.Sprintf(format, args...)))
}

func (v value) place() (line, column int) {
	node := v.node
	if m, ok := node.(*ast.MappingNode); ok && len(m.Values) > 0 && !m.IsFlowStyle {
		node = m.Values[0].Key
	}
	if node == nil || node.GetToken() == nil {
		return 1, 1
	}
	p := node.GetToken().Position
	return p.Line, p.Column
}

// field is one "key: value" of a mapping.
type field struct {
	key   string
	at    value // the key
	value value
}

// fields gives the pairs of a mapping in order; nothing at all counts as an empty one.
func (v value) fields() []field {
	var pairs []*ast.MappingValueNode
	switch node := v.node.(type) {
	case *ast.MappingNode:
		pairs = node.Values
	case *ast.MappingValueNode:
		pairs = []*ast.MappingValueNode{node}
	case *ast.NullNode:
	default:
		v.refuse("wants keys and values here, such as {key: value}")
	}
	var out []field
	for _, pair := range pairs {
		f := field{key: pair.Key.GetToken().Value, at: value{v.doc, pair.Key}, value: value{v.doc, pair.Value}}
		switch pair.Key.(type) {
		case *ast.AnchorNode, *ast.AliasNode, *ast.MergeKeyNode, *ast.MappingKeyNode, *ast.TagNode:
			f.at.refuse("wants a plain key")
			continue
		}
		if slices.ContainsFunc(out, func(o field) bool { return o.key == f.key }) {
			f.at.fail("%q stands here twice", f.key)
			continue
		}
		out = append(out, f)
	}
	return out
}

// read gives each field of a mapping to the reader of its key. Another key is a mistake.
func (v value) read(readers map[string]func(value)) {
	for _, f := range v.fields() {
		if read := readers[f.key]; read != nil {
			read(f.value)
			continue
		}
		f.unknown("unknown key %q", keys(readers))
	}
}

// unknown says that a key is none of those that may stand here.
func (f field) unknown(format string, known []string) {
	message := fmt.Sprintf(format, f.key) + "; here may stand " + strings.Join(known, ", ")
	if near := playbooks.Nearest(f.key, known); near != "" {
		message += fmt.Sprintf(" (did you mean %q?)", near)
	}
	f.at.fail("%s", message)
}

// refuse says what is wanted, or that there are no anchors, aliases and tags.
func (v value) refuse(want string) {
	switch v.node.(type) {
	case *ast.AnchorNode, *ast.AliasNode, *ast.MergeKeyNode:
		v.fail("there are no anchors or aliases in the configuration: write it out")
	case *ast.TagNode:
		v.fail("there are no tags in the configuration")
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

// words gives a list of texts; a single one is a list of one.
func (v value) words() []word {
	items := []value{v}
	if sequence, ok := v.node.(*ast.SequenceNode); ok {
		items = nil
		for _, item := range sequence.Values {
			items = append(items, value{v.doc, item})
		}
	}
	var out []word
	for _, item := range items {
		if text, ok := item.text(); ok {
			out = append(out, word{text, item})
		}
	}
	return out
}

// word is a text with its place.
type word struct {
	text string
	at   value
}

func texts(words []word) []string {
	var out []string
	for _, w := range words {
		out = append(out, w.text)
	}
	return out
}

// one gives a text that is one of a few.
func (v value) one(of ...string) (string, bool) {
	text, ok := v.text()
	if !ok || slices.Contains(of, text) {
		return text, ok
	}
	v.fail("is one of %s, not %q", strings.Join(of, ", "), text)
	return "", false
}
