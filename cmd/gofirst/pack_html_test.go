package main

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestPackPage: the page is well formed, asks nobody for anything, and every table says what its cells are.
func TestPackPage(t *testing.T) {
	t.Parallel()
	for name, text := range dossiers(t, smallConfig(t)) {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		decoder, seen := xml.NewDecoder(strings.NewReader(strings.TrimPrefix(text, "<!doctype html>"))), map[string]int{}
		for {
			token, err := decoder.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			start, ok := token.(xml.StartElement)
			if !ok {
				continue
			}
			seen[start.Name.Local]++
			for _, a := range start.Attr {
				if a.Name.Local == "src" || a.Name.Local == "href" && !strings.HasPrefix(a.Value, "#part-") {
					t.Errorf("%s asks for %s", name, a.Value)
				}
			}
			if start.Name.Local == "th" && (len(start.Attr) != 1 || start.Attr[0].Name.Local != "scope") {
				t.Errorf("%s has a head of a table without a scope", name)
			}
		}
		if seen["h1"] != 1 || seen["section"] != 9 || seen["table"] != 6 || seen["script"] != 0 || seen["nav"] != 1 {
			t.Errorf("%s has %v", name, seen)
		}
		if !strings.Contains(text, `<html lang="`+strings.Split(name, ".")[1]+`">`) {
			t.Errorf("%s does not say its language", name)
		}
	}
}

// TestWordsStayWords: whatever somebody put into the configuration is shown on the page as it is, and never is markup.
func TestWordsStayWords(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.StringOf(rapid.SampledFrom([]rune("ab <>&|`*_[]()#\\~-\"'é\u202f.:"))).Draw(t, "words")
		plain := strings.Join(strings.Fields(words), " ")
		page := func(line string) string {
			var w htmlWriter
			w.line(line)
			w.in("")
			var b bytes.Buffer
			d := xml.NewDecoder(strings.NewReader("<x>" + w.String() + "</x>"))
			for {
				token, err := d.Token()
				if err == io.EOF {
					return b.String()
				}
				if err != nil {
					t.Fatalf("%q: %v", w.String(), err)
				}
				if text, ok := token.(xml.CharData); ok {
					b.Write(text)
				}
			}
		}
		if got := page("x " + markdown(words) + " x"); got != fmt.Sprintf("x %s x\n", plain) {
			t.Errorf("%q became %q", plain, got)
		}
		if got := page("- **x " + markdown(words) + "** x"); got != fmt.Sprintf("\nx %s x\n\n", plain) {
			t.Errorf("in bold %q became %q", plain, got)
		}
		if plain != "" {
			if got := strings.TrimSpace(page("x" + code(words))); got != "x"+plain {
				t.Errorf("as code %q became %q", plain, got)
			}
		}
	})
}
