package main

import (
	"encoding/json"
	"io"
	"time"

	"github.com/gofirst/gofirst/bot/replay"
)

// saidLine is one line of --said. Its keys are a promise.
type saidLine struct {
	At       time.Time `json:"at"`
	Playbook string    `json:"playbook"` // empty: said by the engine itself
	Rule     string    `json:"rule"`
	Room     string    `json:"room,omitempty"`
	To       string    `json:"to,omitempty"`    // empty: the whole room
	About    string    `json:"about,omitempty"` // the message that it was about, as the export names it
	Text     string    `json:"text"`
	Buttons  []string  `json:"buttons,omitempty"`
}

// collect lets a rehearsal tell what it would have said, where somebody wants to read it.
func (c *rehearseCmd) collect(o *replay.Options) *[]replay.Line {
	lines := &[]replay.Line{}
	if c.Said != "" {
		o.Said = func(l replay.Line) { *lines = append(*lines, l) }
	}
	return lines
}

func (c *rehearseCmd) writeSaid(lines []replay.Line, names replay.Namer) error {
	if c.Said == "" {
		return nil
	}
	return writeFile(c.Said, func(w io.Writer) error {
		out := json.NewEncoder(w)
		out.SetEscapeHTML(false)
		for _, l := range lines {
			said := saidLine{
				At: l.At, Playbook: l.Playbook, Rule: l.Rule, Room: names.Room(l.Channel), About: string(l.About),
				Text: l.Text(names), Buttons: l.Buttons,
			}
			if l.To != "" {
				said.To = names.Person(l.To)
			}
			if err := out.Encode(said); err != nil {
				return err
			}
		}
		return nil
	})
}
