package discordtest

import (
	"context"
	"fmt"
)

// Deed is something that a person did and the bot is told as an interaction.
type Deed struct {
	s *Server
	x *interaction
	// Body is what the bot is told, as JSON.
	Body []byte
}

// Invoke gives the subcommand of a command, with its options by name: a string, or the identifier of a channel.
func (s *Server) Invoke(channelID, who, subcommand string, options map[string]string) *Deed {
	return s.tell(s.prepare(channelID, who, actionCommand, func() map[string]any {
		name, o := s.option(subcommand, options, "")
		return map[string]any{"id": s.commandID(name), "name": name, "type": 1, "options": []any{o}}
	}))
}

// Knock prepares what Invoke tells, for a test that carries it to the bot itself.
func (s *Server) Knock(channelID, who, subcommand string, options map[string]string) *Deed {
	return s.prepare(channelID, who, actionCommand, func() map[string]any {
		name, o := s.option(subcommand, options, "")
		return map[string]any{"id": s.commandID(name), "name": name, "type": 1, "options": []any{o}}
	})
}

// Type lets a person type in an option and gives what is offered.
func (s *Server) Type(ctx context.Context, channelID, who, subcommand, option, text string) ([]Choice, error) {
	d := s.tell(s.prepare(channelID, who, actionTyping, func() map[string]any {
		name, o := s.option(subcommand, map[string]string{option: text}, option)
		return map[string]any{"id": s.commandID(name), "name": name, "type": 1, "options": []any{o}}
	}))
	if err := d.Answered(ctx); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return d.x.choices, nil
}

// option makes a subcommand as it is told, of what is registered.
func (s *Server) option(subcommand string, options map[string]string, focused string) (command string, o map[string]any) {
	for _, c := range s.commands {
		if c["type"] != 1.0 {
			continue
		}
		subs, _ := c["options"].([]any)
		for _, v := range subs {
			sub, _ := v.(map[string]any)
			if sub["name"] != subcommand {
				continue
			}
			told := []any{}
			known, _ := sub["options"].([]any)
			for _, k := range known {
				kind, _ := k.(map[string]any)
				value, given := options[kind["name"].(string)]
				if !given {
					continue
				}
				one := map[string]any{"name": kind["name"], "type": kind["type"], "value": value}
				if kind["name"] == focused {
					one["focused"] = true
				}
				told = append(told, one)
			}
			name, _ := c["name"].(string)
			return name, map[string]any{"name": subcommand, "type": 1, "options": told}
		}
	}
	panic(fmt.Sprintf("discordtest: the subcommand %q is not registered", subcommand))
}

func (s *Server) commandID(name string) string {
	for _, c := range s.commands {
		if c["name"] == name {
			id, _ := c["id"].(string)
			return id
		}
	}
	panic(fmt.Sprintf("discordtest: the command %q is not registered", name))
}

// Use takes an entry of a message's menu, UseOn one of a person's.
func (s *Server) Use(channelID, who, messageID, label string) *Deed {
	return s.tell(s.prepare(channelID, who, actionCommand, func() map[string]any {
		m := s.channels[channelID].message(messageID)
		return map[string]any{"id": s.commandID(label), "name": label, "type": 3, "target_id": messageID,
			"resolved": map[string]any{"messages": map[string]any{messageID: s.messageJSON(m, true)}}}
	}))
}

// UseOn takes an entry of a person's menu.
func (s *Server) UseOn(channelID, who, person, label string) *Deed {
	return s.tell(s.prepare(channelID, who, actionCommand, func() map[string]any {
		return map[string]any{"id": s.commandID(label), "name": label, "type": 2, "target_id": person,
			"resolved": map[string]any{"users": map[string]any{person: s.userJSON(person)}}}
	}))
}

// Press presses the button of a message that the person can see.
func (s *Server) Press(channelID, who, messageID, label string) *Deed {
	return s.tell(s.prepare(channelID, who, actionComponent, func() map[string]any {
		m := s.channels[channelID].message(messageID)
		if m == nil || m.only != "" && m.only != who {
			panic(fmt.Sprintf("discordtest: %s cannot see the message %s", who, messageID))
		}
		for _, b := range buttons(m) {
			if b.Label == label {
				return map[string]any{"custom_id": b.Value, "component_type": 2, "message": m.id}
			}
		}
		panic(fmt.Sprintf("discordtest: the message has no button %q", label))
	}))
}

// Submit sends the form that an interaction was answered with, filled in by the inputs' names.
func (s *Server) Submit(shown *Deed, values map[string]string) *Deed {
	return s.SubmitAs(shown, shown.Form().ID, values)
}

// SubmitAs is Submit by somebody who gives the form another identifier.
func (s *Server) SubmitAs(shown *Deed, id string, values map[string]string) *Deed {
	return s.tell(s.prepare(shown.x.channel, shown.x.user, actionModal, func() map[string]any {
		var filled []any
		fields, _ := shown.x.modal["components"].([]any)
		for i, v := range fields {
			label, _ := v.(map[string]any)
			in, _ := label["component"].(map[string]any)
			id, _ := in["custom_id"].(string)
			one := map[string]any{"type": in["type"], "id": 10 + i, "custom_id": id}
			if in["type"] == 3.0 {
				one["values"] = []string{values[id]}
			} else {
				one["value"] = values[id]
			}
			holder := map[string]any{"type": 18, "id": i + 1, "component": one}
			if s.opts.FormsInRows {
				holder = map[string]any{"type": 1, "id": i + 1, "components": []any{one}}
			}
			filled = append(filled, holder)
		}
		return map[string]any{"custom_id": id, "components": filled}
	}))
}
