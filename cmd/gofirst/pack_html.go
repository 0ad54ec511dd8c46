package main

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"strings"
)

var (
	//go:embed pack/page.html.tmpl
	packPage string
	//go:embed pack/page.css
	packStyle string
)

// chapter is a heading of the second order, with what stands below it.
type chapter struct {
	ID, Title string
	Body      template.HTML
}

// packHTML makes one page of a dossier: it needs nothing from anywhere and runs no script.
func packHTML(d *dossier, markdown string) ([]byte, error) {
	t, err := template.New("page").Parse(packPage)
	if err != nil {
		return nil, fmt.Errorf("read the page's template: %w", err)
	}
	chapters := chaptersOf(markdown)
	hash := sha256.Sum256([]byte(packStyle))
	var b bytes.Buffer
	err = t.Execute(&b, map[string]any{
		"Language": d.Language, "Mark": packMark, "Style": template.CSS(packStyle), "Hash": base64.StdEncoding.EncodeToString(hash[:]),
		"Head": chapters[0], "Chapters": chapters[1:], "Contents": map[string]string{"en": "Contents", "fr": "Sommaire"}[d.Language],
	})
	if err != nil {
		return nil, fmt.Errorf("fill the page: %w", err)
	}
	return b.Bytes(), nil
}

// chaptersOf takes a dossier apart at its headings. The first chapter is what stands under the title.
func chaptersOf(markdown string) []chapter {
	out := []chapter{{}}
	var body htmlWriter
	end := func() {
		body.in("")
		out[len(out)-1].Body = template.HTML(body.String())
		body = htmlWriter{}
	}
	for _, line := range strings.Split(markdown, "\n") {
		if title, ok := strings.CutPrefix(line, "# "); ok {
			out[0].Title = plainInline(title)
		} else if title, ok := strings.CutPrefix(line, "## "); ok {
			end()
			out = append(out, chapter{ID: fmt.Sprintf("part-%d", len(out)), Title: plainInline(title)})
		} else {
			body.line(line)
		}
	}
	end()
	return out
}

// htmlWriter writes the blocks of a chapter, line by line.
type htmlWriter struct {
	strings.Builder
	open string // the block that is being written: p, ul, table or none
	item bool   // a point is open
	rows int    // of the table
}

// in ends the block that is open, unless it is of this kind, and begins one.
func (w *htmlWriter) in(block string) {
	if w.open == block {
		return
	}
	if w.item {
		w.WriteString("</li>\n")
		w.item = false
	}
	switch w.open {
	case "p", "ul":
		w.WriteString("</" + w.open + ">\n")
	case "table":
		w.WriteString("</tbody>\n</table></div>\n")
	}
	w.open, w.rows = block, 0
	switch block {
	case "p":
		w.WriteString("<p>")
	case "ul":
		w.WriteString("<ul>\n")
	case "table":
		w.WriteString(`<div class="scroll"><table>` + "\n")
	}
}

func (w *htmlWriter) line(line string) {
	point, isPoint := strings.CutPrefix(line, "- ")
	heading, isHeading := strings.CutPrefix(line, "### ")
	switch {
	case strings.HasPrefix(line, "<!--"):
	case line == "":
		w.in("")
	case isHeading:
		w.in("")
		w.WriteString("<h3>" + inlineHTML(heading) + "</h3>\n")
	case isPoint:
		w.point(point)
	case w.item:
		w.WriteString(" " + inlineHTML(strings.TrimSpace(line)))
	case strings.HasPrefix(line, "|"):
		w.in("table")
		w.row(line)
	case w.open == "p":
		w.WriteString("\n" + inlineHTML(line))
	default:
		w.in("p")
		w.WriteString(inlineHTML(line))
	}
}

func (w *htmlWriter) point(text string) {
	w.in("ul")
	if w.item {
		w.WriteString("</li>\n")
	}
	w.WriteString("<li>" + inlineHTML(text))
	w.item = true
}

// row writes a row of a table: the first is its head, the second only parts the two.
func (w *htmlWriter) row(line string) {
	w.rows++
	if w.rows == 2 {
		w.WriteString("<tbody>\n")
		return
	}
	if w.rows == 1 {
		w.WriteString("<thead>\n")
	}
	w.WriteString("<tr>")
	for i, cell := range cellsOf(line) {
		open, end := "<td>", "</td>"
		switch {
		case w.rows == 1:
			open, end = `<th scope="col">`, "</th>"
		case i == 0:
			open, end = `<th scope="row">`, "</th>"
		}
		w.WriteString(open + inlineHTML(cell) + end)
	}
	w.WriteString("</tr>\n")
	if w.rows == 1 {
		w.WriteString("</thead>\n")
	}
}
