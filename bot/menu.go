package bot

import (
	"context"
	"slices"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

// actionNames are the entries of a message's menu, in their order; see action.
func actionNames() []string { return []string{"thank", "example", "why", "open", "take"} }

// register makes the commands and the menu known to a service that wants to be told. What it refuses is logged: the
// words after /gofirst work without it.
func (l *live) register(ctx context.Context, c *Connection) {
	commander, ok := c.Adapter.(chat.Commander)
	if !ok {
		return
	}
	for _, space := range l.spacesOf(ctx, c) {
		g := tongue{language: l.options.Defaults.Language, formal: l.options.Defaults.Formal, zone: l.options.Defaults.Zone}
		if err := commander.Register(ctx, space, l.commandList(g), l.actionList(g)); err != nil {
			l.options.Log.Warn("commands not registered", "connection", c.Name, "err", err)
		}
	}
}

// spacesOf lists the spaces of a connection; one without a name where the service does not say.
func (l *live) spacesOf(ctx context.Context, c *Connection) []chat.SpaceID {
	if directory, ok := c.Adapter.(chat.Directory); ok {
		if spaces, err := directory.Spaces(ctx); err == nil && len(spaces) > 0 {
			return spaces
		}
	}
	return []chat.SpaceID{""}
}

// commandList lists the verbs that help speaks of.
func (e *Engine) commandList(g tongue) []chat.Command {
	var out []chat.Command
	for word, c := range e.commands {
		if word == c.name && e.texts.has(g, "does."+word) {
			out = append(out, chat.Command{Name: word, About: e.texts.word(g, "does."+word), Aliases: c.aliases})
		}
	}
	slices.SortFunc(out, func(a, b chat.Command) int { return strings.Compare(a.Name, b.Name) })
	return out
}

func (e *Engine) actionList(g tongue) []chat.Action {
	var out []chat.Action
	for _, name := range actionNames() {
		out = append(out, chat.Action{Name: name, Label: e.texts.word(g, "menu."+name)})
	}
	return out
}
