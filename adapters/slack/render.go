package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/gofirst/gofirst/bot/chat"
	slackapi "github.com/slack-go/slack"
)

// Messages are rich_text blocks rather than mrkdwn sections. In a rich_text block, words, people, channels and links
// are elements of their own, and a text element is shown as it is: there is no markup that somebody's words could be.
// They carry lists and quotes, and are not bound to 3,000 characters a section. Their text alone is repeated, escaped,
// as the message's fallback for notifications and screen readers.

// Limits of Slack's: a message's text should not be longer than 4,000 characters, and the JSON of its blocks not than
// about 13,000 (measured by others: https://github.com/slackapi/bolt-js/issues/2509), for which each element counts.
const (
	maxSize    = 4000
	perElement = 50
	nameSize   = 80 // what a name counts, whoever is meant, so that Size asks nobody
	linkSize   = 120
	maxBlocks  = 50
	maxLabel   = 75
	maxValue   = 2000
	maxURL     = 3000
	maxAlt     = 2000
	perRow     = 5
)

// rendered is a message as Slack takes it.
type rendered struct {
	blocks  string // JSON
	text    string
	picture bool
}

// Size counts UTF-16 units of words, addresses and labels, and fifty for each element beyond the first.
func (a *Adapter) Size(m chat.Message) int {
	p := painter{}
	p.nodes(m.Body, slackapi.RichTextSectionTextStyle{})
	size := p.size + perElement*max(p.elements-1, 0)
	for _, b := range m.Buttons {
		size += units(b.Label) + units(b.Value)
	}
	if m.Picture != nil {
		size += units(m.Picture.Alt)
	}
	return size
}

func units(s string) (n int) {
	for _, r := range s {
		n += utf16.RuneLen(max(r, 0))
	}
	return n
}

// render makes the blocks of a message, or says why Slack would not take it. It may look up names, and uploads the
// picture.
func (a *Adapter) render(ctx context.Context, op string, m chat.Message) (rendered, error) {
	if size := a.Size(m); size > maxSize {
		return rendered{}, failed(op, chat.Refused, "the message is too long: "+strconv.Itoa(size)+", "+strconv.Itoa(maxSize)+" are allowed")
	}
	private := m.Private || m.To.Person != ""
	blocks, text, err := a.body(ctx, op, m.Body, private)
	if err != nil {
		return rendered{}, err
	}
	if m.Picture != nil {
		image, err := a.picture(ctx, op, m.Picture)
		if err != nil {
			return rendered{}, err
		}
		blocks, text = append(blocks, image), orElse(text, escape(tidy(m.Picture.Alt)))
	}
	rows, labels, err := buttons(op, m.Buttons)
	if err != nil {
		return rendered{}, err
	}
	blocks, text = append(blocks, rows...), orElse(text, escape(labels))
	switch {
	case len(blocks) == 0:
		return rendered{}, failed(op, chat.Refused, "the message is empty")
	case len(blocks) > maxBlocks:
		return rendered{}, failed(op, chat.Refused, "the message has too many parts")
	}
	return rendered{blocks: encode(blocks), text: text, picture: m.Picture != nil}, nil
}

// body makes a block of nodes; none where nothing would be seen.
func (a *Adapter) body(ctx context.Context, op string, nodes []chat.Node, private bool) ([]slackapi.Block, string, error) {
	p := painter{private: private, known: a.lookUp(ctx, op, nodes, private)}
	p.nodes(nodes, slackapi.RichTextSectionTextStyle{})
	p.flush()
	text := strings.TrimSpace(p.text.String())
	if text == "" || len(p.top) == 0 {
		return nil, "", nil
	}
	return []slackapi.Block{slackapi.NewRichTextBlock("", p.top...)}, text, nil
}

// encode gives JSON in which "<" stays "<", for what is counted is the JSON.
func encode(v any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(v) // structs of strings alone
	return strings.TrimSpace(b.String())
}

// buttons makes rows of buttons, and the labels in one line.
func buttons(op string, all []chat.Button) (rows []slackapi.Block, labels string, err error) {
	var row []slackapi.BlockElement
	for i, b := range all {
		label := orElse(cut(oneLine(b.Label), maxLabel), "…")
		if units(b.Value) > maxValue || b.Value == "" {
			return nil, "", failed(op, chat.Refused, "a button's value is empty or too long")
		}
		row = append(row, button("press-"+strconv.Itoa(i), label, b.Value))
		labels = strings.TrimSpace(labels + " [" + label + "]")
		if len(row) == perRow || i == len(all)-1 {
			rows = append(rows, slackapi.NewActionBlock("", row...))
			row = nil
		}
	}
	return rows, labels, nil
}

func button(id, label, value string) *slackapi.ButtonBlockElement {
	return slackapi.NewButtonBlockElement(id, value, plainObject(label))
}

// plainObject is a text without markup, in which ":smile:" stays what it is.
func plainObject(s string) *slackapi.TextBlockObject {
	return slackapi.NewTextBlockObject(slackapi.PlainTextType, s, false, false)
}
