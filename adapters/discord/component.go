package discord

import (
	"strings"
	"unicode/utf16"

	"github.com/bwmarrin/discordgo"

	"github.com/gofirst/gofirst/bot/chat"
)

// component is a row, a button, or a labelled input of a form. discordgo's have no labels around inputs.
type component struct {
	Type        discordgo.ComponentType `json:"type"`
	Style       int                     `json:"style,omitempty"`
	ID          string                  `json:"custom_id,omitempty"`
	Label       string                  `json:"label,omitempty"`
	Description string                  `json:"description,omitempty"`
	Value       string                  `json:"value,omitempty"`
	Required    *bool                   `json:"required,omitempty"`
	MaxLength   int                     `json:"max_length,omitempty"`
	Options     []selectOption          `json:"options,omitempty"`
	Component   *component              `json:"component,omitempty"`
	Components  []component             `json:"components,omitempty"`
}

type selectOption struct {
	Label   string `json:"label"`
	Value   string `json:"value"`
	Default bool   `json:"default,omitempty"`
}

// labelComponent is the type of a label around an input; discordgo does not know it.
const labelComponent discordgo.ComponentType = 18

// Limits of the service's documents, in characters.
const (
	maxButtonLabel = 80
	maxCustomID    = 100
)

// rows puts buttons side by side, five in a row. None of them stands out: it is the person's choice.
func rows(buttons []chat.Button) []component {
	out := []component{}
	for i, b := range buttons {
		if i%rowButtons == 0 {
			out = append(out, component{Type: discordgo.ActionsRowComponent})
		}
		row := &out[len(out)-1]
		row.Components = append(row.Components, component{
			Type: discordgo.ButtonComponent, Style: int(discordgo.SecondaryButton), ID: b.Value, Label: orDots(cutRunes(line(b.Label), maxButtonLabel)),
		})
	}
	return out
}

func checkButtons(buttons []chat.Button) error {
	if len(buttons) > maxButtons {
		return failed("send", chat.Refused, "there are more buttons than fit into a message")
	}
	seen := map[string]bool{}
	for _, b := range buttons {
		if b.Value == "" || len(b.Value) > maxCustomID || seen[b.Value] {
			return failed("send", chat.Refused, "a button's value is empty, too long, or twice there")
		}
		seen[b.Value] = true
	}
	return nil
}

// cutRunes shortens a text to a number of characters, whichever way the service counts them.
func cutRunes(s string, limit int) string {
	s = strings.TrimSpace(s)
	if units(s) <= limit {
		return s
	}
	n := 0
	for i, r := range s {
		n += utf16.RuneLen(r)
		if n > limit-1 {
			return strings.TrimSpace(s[:i]) + "…"
		}
	}
	return s
}

func units(s string) (n int) {
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

func orDots(s string) string {
	if s == "" {
		return "…"
	}
	return s
}
