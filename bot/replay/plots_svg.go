package replay

import (
	"bytes"
	"fmt"
	"html/template"
	"regexp"
	"strings"

	"gonum.org/v1/plot/vg/vgsvg"
)

// styles are the style attributes that vgsvg writes. It escapes text, so that none can stand inside one.
var styles = regexp.MustCompile(`style="([^"]*)"`)

// inline makes gonum's document a part of a page: without its prologue, and with attributes in the place of styles,
// which the page's policy forbids and its style sheet could not replace.
func inline(svg *vgsvg.Canvas) (template.HTML, error) {
	var b bytes.Buffer
	if _, err := svg.WriteTo(&b); err != nil {
		return "", fmt.Errorf("draw a plot: %w", err)
	}
	_, body, found := strings.Cut(b.String(), "<svg ")
	_, body, whole := strings.Cut(body, ">")
	if !found || !whole {
		return "", fmt.Errorf("draw a plot: gonum wrote no SVG")
	}
	w, h := svg.Size()
	body = styles.ReplaceAllStringFunc(body, func(s string) string { return attributes(styles.FindStringSubmatch(s)[1]) })
	return template.HTML(fmt.Sprintf(`<svg viewBox="0 0 %.5g %.5g" aria-hidden="true" focusable="false">`, w.Points(), h.Points()) + body), nil
}

// attributes turns "a:b;c:d" into a="b" c="d". Which font it is stands in the style sheet.
func attributes(style string) string {
	var out []string
	for _, pair := range strings.Split(style, ";") {
		key, value, _ := strings.Cut(pair, ":")
		if !strings.HasPrefix(key, "font-") || key == "font-size" || key == "font-weight" && value != "normal" {
			out = append(out, fmt.Sprintf(`%s="%s"`, key, value))
		}
	}
	return strings.Join(out, " ")
}
