package main

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/parser"

	"github.com/gofirst/gofirst/playbooks"
)

// document is a YAML file being read. It collects what is wrong instead of stopping at the first.
type document struct {
	file     string
	lines    []string
	problems []error
}

// maxConfig bounds a configuration file.
const maxConfig = 1 << 20

func readDocument(file string) (*document, value, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, value{}, err
	}
	d := &document{file: file, lines: strings.Split(string(text), "\n")}
	if len(text) > maxConfig {
		return nil, value{}, d.whole("is larger than 1 MiB")
	}
	tree, err := parser.ParseBytes(text, 0)
	if err != nil {
		return nil, value{}, d.syntax(err)
	}
	switch {
	case len(tree.Docs) == 1 && tree.Docs[0].Body != nil:
		return d, value{d, tree.Docs[0].Body}, nil
	case len(tree.Docs) > 1:
		return nil, value{}, d.whole("wants exactly one YAML document")
	}
	return nil, value{}, d.whole("is empty")
}

// err joins what is wrong, in the order of the file.
func (d *document) err() error {
	slices.SortStableFunc(d.problems, func(a, b error) int {
		var p, q *playbooks.Problem
		if !errors.As(a, &p) || !errors.As(b, &q) {
			return 0
		}
		return p.Line - q.Line
	})
	return errors.Join(d.problems...)
}

func (d *document) whole(message string) error {
	return &playbooks.Problem{File: d.file, Message: message}
}

// syntax turns the parser's "[line:column] message" into a problem with its place.
func (d *document) syntax(err error) error {
	first, _, _ := strings.Cut(err.Error(), "\n")
	var line, column int
	if _, scan := fmt.Sscanf(first, "[%d:%d]", &line, &column); scan != nil {
		return d.whole(first)
	}
	_, message, _ := strings.Cut(first, "] ")
	return d.problem(line, column, message)
}

func (d *document) problem(line, column int, message string) error {
	line = min(max(1, line), len(d.lines))
	excerpt := hidden(strings.TrimSuffix(d.lines[line-1], "\r"))
	column = min(max(1, column), utf8.RuneCountInString(excerpt)+1)
	return &playbooks.Problem{File: d.file, Line: line, Column: column, Message: message, Excerpt: excerpt}
}

// secretKey is a key whose value is likely to be a secret, and that value.
var secretKey = regexp.MustCompile(`(?i)([\w-]*(?:token|secret|passw|dsn)[\w-]*["']?\s*:\s*)("[^"]*"|'[^']*'|[^\s,}]+)`)

// secretUser is who somebody is to a host, as it may stand in an address.
var secretUser = regexp.MustCompile(`://[^/\s"'@]+@`)

// hidden hides what may be a secret, with as many dots, so that a caret stays in its place.
func hidden(line string) string {
	line = secretUser.ReplaceAllStringFunc(line, func(user string) string {
		return "://" + strings.Repeat("•", utf8.RuneCountInString(user)-len("://@")) + "@"
	})
	return secretKey.ReplaceAllStringFunc(line, func(pair string) string {
		parts := secretKey.FindStringSubmatch(pair)
		if strings.Contains(parts[1], "_file") && !tokenForm().MatchString(strings.Trim(parts[2], `"'`)) {
			return pair
		}
		return parts[1] + strings.Repeat("•", utf8.RuneCountInString(parts[2]))
	})
}
