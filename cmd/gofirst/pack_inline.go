package main

import (
	"html"
	"strings"
)

// cellsOf takes a row of a table apart at its bars, of which an escaped one is none.
func cellsOf(line string) (cells []string) {
	from := 1
	for i := 1; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case '|':
			cells = append(cells, strings.TrimSpace(line[from:i]))
			from = i + 1
		}
	}
	return cells
}

// inlineHTML shows bold, code, and escaped characters as what they stand for, and everything else as it is.
func inlineHTML(text string) string {
	var b strings.Builder
	for text != "" {
		switch {
		case text[0] == '\\' && len(text) > 1 && strings.IndexByte(markup, text[1]) >= 0:
			b.WriteString(html.EscapeString(text[1:2]))
			text = text[2:]
		case text[0] == '`':
			words, rest := cutCode(text)
			b.WriteString("<code>" + html.EscapeString(words) + "</code>")
			text = rest
		case strings.HasPrefix(text, "**"):
			words, rest := cutBold(text[2:])
			b.WriteString("<strong>" + inlineHTML(words) + "</strong>")
			text = rest
		default:
			end := max(1, strings.IndexAny(text+"`", "\\`*"))
			b.WriteString(html.EscapeString(text[:min(end, len(text))]))
			text = text[min(end, len(text)):]
		}
	}
	return b.String()
}

// cutCode takes the code off the beginning of a text: it ends where as many backticks stand as it began with.
func cutCode(text string) (words, rest string) {
	bare := strings.TrimLeft(text, "`")
	fence := text[:len(text)-len(bare)]
	words, rest, _ = strings.Cut(bare, fence)
	if strings.Contains(words, "`") {
		words = strings.TrimSpace(words)
	}
	return words, rest
}

// cutBold takes what is bold off the beginning of a text. An escaped star ends nothing.
func cutBold(text string) (words, rest string) {
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\\':
			i++
		case strings.HasPrefix(text[i:], "**"):
			return text[:i], text[i+2:]
		}
	}
	return text, ""
}

// plainInline gives a heading without its markup.
func plainInline(text string) string {
	return strings.NewReplacer("\\", "", "`", "", "**", "").Replace(text)
}
