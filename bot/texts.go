package bot

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/playbooks"
)

//go:embed texts/*.yaml
var textFiles embed.FS

// texts are the engine's own sentences. Plural forms come from go-i18n; {holes} are filled here, with nodes, so
// that nobody's words can become markup.
type texts struct {
	bundle *i18n.Bundle
	ids    map[string]bool // "fr/id"
}

// loadTexts gives the sentences, which are a part of the program and so are read once in a process.
var loadTexts = sync.OnceValues(readTexts)

func readTexts() (*texts, error) {
	x := &texts{bundle: i18n.NewBundle(language.English), ids: map[string]bool{}}
	x.bundle.RegisterUnmarshalFunc("yaml", yaml.Unmarshal)
	names, err := fs.Glob(textFiles, "texts/*.yaml")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		file, err := x.bundle.LoadMessageFileFS(textFiles, name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		for _, m := range file.Messages {
			x.ids[file.Tag.String()+"/"+m.ID] = true
		}
	}
	return x, nil
}

// plain gives a sentence with its holes still open. count chooses the plural form. French has "ID.vous" beside
// "ID" where the two differ.
func (x *texts) plain(g tongue, id string, count int) string {
	if g.formal && x.ids[g.language+"/"+id+".vous"] {
		id += ".vous"
	}
	out, err := i18n.NewLocalizer(x.bundle, g.language).Localize(&i18n.LocalizeConfig{MessageID: id, PluralCount: count})
	if err != nil && out == "" { // a sentence without plural forms comes with an error and its words
		return "⟦" + id + "⟧" // a missing sentence is a defect that a test finds
	}
	return out
}

// holes are what a text's {holes} are filled with.
type holes map[string][]chat.Node

// say gives a sentence of the engine as nodes.
func (x *texts) say(g tongue, id string, fill holes) []chat.Node {
	return x.sayN(g, id, 1, fill)
}

// sayN is say with a count, which also fills {n}.
func (x *texts) sayN(g tongue, id string, n int, fill holes) []chat.Node {
	full := holes{"n": {chat.Text(fmt.Sprint(n))}}
	for name, nodes := range fill {
		full[name] = nodes
	}
	return x.fill(g, x.plain(g, id, n), full)
}

// word gives a sentence without holes as a string: for labels.
func (x *texts) word(g tongue, id string) string {
	return callable(g, playbooks.Typeset(g.language, x.plain(g, id, 1)))
}

// fill turns a text into nodes. A hole that nothing fills stays empty.
func (x *texts) fill(g tongue, text string, fill holes) []chat.Node {
	var out []chat.Node
	for _, piece := range playbooks.Split(callable(g, playbooks.Typeset(g.language, text))) {
		switch {
		case piece.Hole != "":
			for _, node := range fill[piece.Hole] {
				out = append(out, x.filled(g, node))
			}
		case piece.Code:
			out = append(out, chat.Code(piece.Words))
		default:
			out = append(out, chat.Text(piece.Words))
		}
	}
	return out
}

// filled is a node as it stands in a text: a link that says nothing is called what it is, and a command is one that works.
func (x *texts) filled(g tongue, node chat.Node) chat.Node {
	switch node := node.(type) {
	case chat.PostLink:
		if node.Label == "" {
			node.Label = x.word(g, "link.message")
		}
		return node
	case chat.Code:
		return chat.Code(callable(g, string(node)))
	}
	return node
}

// callable writes commands as they can be given: there are services, and ways to run them, without "/gofirst".
func callable(g tongue, text string) string {
	if g.call == "" {
		return text
	}
	return strings.ReplaceAll(text, slash, g.call)
}

// slash is the command as all texts have it.
const slash = "/gofirst"

func text(s string) []chat.Node { return []chat.Node{chat.Text(s)} }
