package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"text/template"
)

// answer is where an answer goes: into a file of its own, or into the configuration under a name.
type answer struct {
	asked
	file string
	hole string
}

// written is a file that init writes.
type written struct {
	name, about string
	mode        fs.FileMode
	text        []byte
}

// answers asks for what the service wants and is not there yet, and gives the files to write: nothing is written
// before all is answered.
func (c *initCmd) answers(ctx context.Context, std *stdio) (files []written, err error) {
	ask := newPrompter(std)
	holes := map[string]string{}
	for _, a := range questions()[c.kind] {
		if exists(filepath.Join(c.dir, cmp.Or(a.file, "gofirst.yaml"))) {
			continue
		}
		text, err := ask.ask(ctx, a.asked)
		if err != nil {
			return nil, err
		}
		if a.file == "" {
			holes[a.hole] = scalar(text)
			continue
		}
		files = append(files, written{a.file, "a secret; only you can read it", 0o600, []byte(text + "\n")})
	}
	config, err := c.config(holes)
	return append(files, written{"gofirst.yaml", "the configuration", 0o644, config}), err
}

// config fills the configuration of a kind.
func (c *initCmd) config(holes map[string]string) ([]byte, error) {
	file := "init/" + c.kind + "." + c.Language + ".yaml"
	text, err := template.New(filepath.Base(file)).ParseFS(configTexts, file)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = text.Execute(&b, holes)
	return b.Bytes(), err
}

// plainScalar is what YAML takes for a text without quotation marks.
func plainScalar() *regexp.Regexp {
	return regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9@._+/-]*(://[A-Za-z0-9@._+/:-]+)?$`)
}

// scalar writes a text as YAML.
func scalar(text string) string {
	if text == "" || plainScalar().MatchString(text) {
		return text
	}
	return strconv.Quote(text)
}

// tryOut asks the service whether what was written works, and says what comes next.
func (c *initCmd) tryOut(ctx context.Context, std *stdio) error {
	if !c.Offline {
		fmt.Fprintln(std.out, "\nAsking whether it works …")
		look := doctorCmd{configured: configured{filepath.Join(c.dir, "gofirst.yaml")}, ReadHistory: "no"}
		if err := look.Run(ctx, std); err != nil {
			fmt.Fprintf(std.out, "\nMend that (a file is replaced by removing it and running init again), then: gofirst doctor%s\n", c.in())
			return err
		}
	}
	_, err := fmt.Fprintf(std.out, serviceSteps, c.in(), c.in(), invitations()[c.kind])
	return err
}

const serviceSteps = `
Next:
  1. gofirst doctor%s     looks whether everything is set up.
  2. gofirst serve%s      runs the bot.
  3. %s
`

// invitations say how the bot comes into a room.
func invitations() map[string]string {
	return map[string]string{
		"slack":      "In a channel: /invite @gofirst, then /gofirst questions here.",
		"discord":    "Open the link of \"gofirst manifest discord\" to let the bot into your server; then, in a channel: /gofirst questions here.",
		"mattermost": "In a channel: /invite @gofirst, then @gofirst questions here.",
	}
}
