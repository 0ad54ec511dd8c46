package discord

import (
	"github.com/bwmarrin/discordgo"

	"github.com/gofirst/gofirst/bot/chat"
)

// fields makes the inputs of a form, each under its label.
func fields(all []chat.Field) []component {
	var out []component
	for _, f := range all {
		required := !f.Optional
		in := component{Type: discordgo.TextInputComponent, ID: f.Name, Required: &required}
		if len(f.Choices) > 0 {
			in.Type, in.Options = discordgo.SelectMenuComponent, options(f)
		} else {
			in.Style, in.MaxLength = int(discordgo.TextInputShort), maxInput
			if f.Long {
				in.Style = int(discordgo.TextInputParagraph)
			}
			if f.Max > 0 {
				in.MaxLength = min(f.Max, maxInput)
			}
			in.Value = cutRunes(clean(f.Value), in.MaxLength)
		}
		out = append(out, component{
			Type: labelComponent, Label: orDots(cutRunes(line(f.Label), maxLabel)), Description: cutRunes(line(f.Hint), maxHint), Component: &in,
		})
	}
	return out
}

func options(f chat.Field) (all []selectOption) {
	seen := map[string]bool{}
	for _, c := range f.Choices {
		if !seen[c.Value] {
			all = append(all, selectOption{orDots(cutRunes(line(c.Label), maxChoiceText)), c.Value, c.Value == f.Value})
		}
		seen[c.Value] = true
	}
	return all
}
