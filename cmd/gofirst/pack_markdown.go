package main

import (
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

// The dossier is written in a small part of Markdown: headings, paragraphs, points, tables, bold and code. This file
// puts words into it, so that nobody's words can become markup; pack_html.go makes a page of it.

// markup are the characters that mean something somewhere in Markdown.
const markup = "\\`*_[]<>|#&~"

// markdown writes words as they are, in one line.
func markdown(words string) string {
	words = strings.Join(strings.Fields(words), " ")
	var b strings.Builder
	for i, r := range words {
		alone := r == '&' && strings.HasPrefix(words[i:], "& ") // which begins no entity
		if strings.ContainsRune(markup, r) && !alone {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// code writes words as code, in one line, with more backticks around than are in it.
func code(words string) string {
	words = strings.Join(strings.Fields(words), " ")
	fence := "`"
	for strings.Contains(words, fence) {
		fence += "`"
	}
	if strings.HasPrefix(words, "`") || strings.HasSuffix(words, "`") {
		words = " " + words + " "
	}
	return fence + words + fence
}

// codes writes a list of words as code.
func codes(words []string) string {
	var all []string
	for _, w := range words {
		all = append(all, code(w))
	}
	return strings.Join(all, ", ")
}

// markdownOf writes what the bot would say. People, rooms and links do not occur in what it says outside a chat.
func markdownOf(nodes []chat.Node) string {
	var b strings.Builder
	for _, n := range nodes {
		switch n := n.(type) {
		case chat.Text:
			b.WriteString(inline(string(n)))
		case chat.Code:
			b.WriteString(code(string(n)))
		case chat.Bold:
			b.WriteString("**" + markdownOf(n) + "**")
		}
	}
	return b.String()
}

// inline is markdown that keeps the blanks at both ends, which part a text from what stands beside it.
func inline(words string) string {
	trimmed := strings.TrimSpace(words)
	if trimmed == "" {
		return words
	}
	before, after, _ := strings.Cut(words, trimmed)
	return before + markdown(trimmed) + after
}
