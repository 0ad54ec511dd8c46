package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/gofirst/gofirst/bot/question"
)

// evaluateCmd measures what the bot believes against what people say.
type evaluateCmd struct {
	Question evaluateQuestionCmd `cmd:"" help:"Compare which messages are taken for questions with labels." example:"gofirst evaluate question labels.jsonl --json"`
}

// evaluateQuestionCmd measures the recognition of questions.
type evaluateQuestionCmd struct {
	File string `arg:"" help:"JSON lines with the keys text, label (true for a question) and source; - reads the standard input."`
	JSON bool   `help:"As JSON, with shares from 0 to 1."`
}

// Run measures and prints.
func (c *evaluateQuestionCmd) Run(std *stdio) (err error) {
	in := std.in
	if c.File != "-" {
		if in, err = os.Open(c.File); err != nil {
			return wrong(err)
		}
		defer func() { err = errors.Join(err, in.Close()) }()
	}
	report, err := question.Evaluate(in)
	if err != nil {
		return wrong(fmt.Errorf("%s: %w", c.File, err))
	}
	if c.JSON {
		out := json.NewEncoder(std.out)
		out.SetIndent("", "  ")
		return out.Encode(report)
	}
	return report.WriteTable(std.out)
}
