package bot

import (
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/playbooks"
)

// ReasonWords says a reason in a language, as whyme says it: for reports outside of any chat.
func (e *Engine) ReasonWords(language string, r chat.Reason) string {
	t := &turn{Engine: e}
	return inWords(t.reason(e.reportTongue(language), r))
}

// TriggerWords says in a language what a rule waits for.
func (e *Engine) TriggerWords(language string, b playbooks.Bound) string {
	t := &turn{Engine: e}
	return inWords(t.triggerWords(e.reportTongue(language), b))
}

func (e *Engine) reportTongue(language string) tongue {
	return tongue{language: language, formal: e.options.Defaults.Formal, zone: e.options.Defaults.Zone}
}

// inWords gives the words of nodes that hold nothing but words.
func inWords(nodes []chat.Node) string {
	var b strings.Builder
	for _, n := range nodes {
		switch n := n.(type) {
		case chat.Text:
			b.WriteString(string(n))
		case chat.Code:
			b.WriteString(string(n))
		}
	}
	return b.String()
}
