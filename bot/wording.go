package bot

import (
	"strings"
	"unicode"

	"github.com/gofirst/gofirst/bot/chat"
)

// wording is what somebody wrote to the bot, and who and what is named in it.
type wording struct {
	text       string
	references []chat.Reference // offsets into text
}

func (c *call) wording() wording { return wording{c.text, c.references} }

// part is what stands between two offsets, without the spaces around it.
func (w wording) part(from, to int) wording {
	cut := w.text[from:to]
	trimmed := strings.TrimLeftFunc(cut, unicode.IsSpace)
	from += len(cut) - len(trimmed)
	out := wording{text: strings.TrimRightFunc(trimmed, unicode.IsSpace)}
	for _, r := range w.references {
		if r.At >= from && r.At+r.Len <= from+len(out.text) {
			r.At -= from
			out.references = append(out.references, r)
		}
	}
	return out
}

// without is the wording with a stretch taken out.
func (w wording) without(from, to int) wording {
	before, after := w.part(0, from), w.part(to, len(w.text))
	if before.text == "" {
		return after
	}
	if after.text == "" {
		return before
	}
	out := wording{text: before.text + " " + after.text, references: before.references}
	for _, r := range after.references {
		r.At += len(before.text) + 1
		out.references = append(out.references, r)
	}
	return out
}

// wordSpan is a word of a text: text[from:to].
type wordSpan struct{ from, to int }

// spans finds the words of a text.
func spans(text string) []wordSpan {
	var out []wordSpan
	start := -1
	for i, r := range text {
		switch {
		case unicode.IsSpace(r) && start >= 0:
			out, start = append(out, wordSpan{start, i}), -1
		case !unicode.IsSpace(r) && start < 0:
			start = i
		}
	}
	if start >= 0 {
		out = append(out, wordSpan{start, len(text)})
	}
	return out
}
