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
		if err := commander.Register(ctx, space, l.commandList(g), actionList(l.texts, g)); err != nil {
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
			out = append(out, chat.Command{
				Name: word, About: e.texts.word(g, "does."+word), Hint: e.hint(word), Aliases: c.aliases, Options: e.commandOptions(g, word),
			})
		}
	}
	slices.SortFunc(out, func(a, b chat.Command) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// part is one part of what follows a verb; About says what it is.
type part struct {
	name, lead string
	kind       chat.OptionKind
	suggest    []string
	needed     bool
}

// parts are what may follow each verb, for services that ask for it part by part. What is not here takes nothing.
func (e *Engine) parts() map[string][]part {
	books := sortedKeys(e.current.Load().books)
	words, link := part{name: "words"}, part{name: "link"}
	return map[string][]part{
		"share": {words}, "ask": {words}, "adopt": {link, words}, "example": {link, words}, "ask-why": {link},
		"take": {link}, "solved": {link}, "reopen": {link}, "away": {{name: "until"}},
		"thanks":    {{name: "who", kind: chat.People, needed: true}, {name: "reason", lead: "for"}},
		"questions": {{name: "where", suggest: []string{"here", "mine", "all"}}},
		"spread":    {{name: "what", suggest: shareKinds}},
		"stop":      {{name: "what", suggest: books}},
		"resume":    {{name: "what", suggest: books}},
		"pause":     {{name: "until", suggest: []string{"1w", "2w", "1d"}}, {name: "what", suggest: books}},
		"help":      {{name: "topic", suggest: append([]string{"all", "leaders", "stewards"}, e.verbs()...)}},
		"me":        {{name: "what", suggest: []string{"show", "prefs", "impact", "mirror", "export", "forget"}}},
		"digest":    {{name: "what", suggest: []string{"preview", "on", "off", "schedule", "now"}}, {name: "room", kind: chat.Rooms}},
		"playbook":  {{name: "what", suggest: bookWishes(books)}},
		"privacy":   {{name: "what", suggest: []string{"all"}}},
		"halt":      {{name: "what", suggest: append([]string{"end"}, books...)}},
	}
}

func bookWishes(books []string) []string {
	out := []string{"list", "history"}
	for _, verb := range []string{"show", "preview", "enable", "disable"} {
		for _, book := range books {
			out = append(out, verb+" "+book)
		}
	}
	return out
}

func (e *Engine) commandOptions(g tongue, verb string) (out []chat.Option) {
	for _, p := range e.parts()[verb] {
		out = append(out, chat.Option{
			Name: p.name, About: e.texts.word(g, "option."+p.name), Lead: p.lead, Kind: p.kind, Suggest: p.suggest, Needed: p.needed,
		})
	}
	return out
}

// hint says in brackets what may follow a verb.
func (e *Engine) hint(verb string) string {
	var out []string
	for _, p := range e.parts()[verb] {
		word := "[" + p.name + "]"
		if p.lead != "" {
			word = p.lead + " " + word
		}
		out = append(out, word)
	}
	return strings.Join(out, " ")
}

// MenuActions lists the entries of a message's and a person's menu in a language, for services where an administrator
// enters them.
func MenuActions(language string) ([]chat.Action, error) {
	texts, err := loadTexts()
	if err != nil {
		return nil, err
	}
	return actionList(texts, tongue{language: language}), nil
}

func actionList(x *texts, g tongue) []chat.Action {
	var out []chat.Action
	for _, name := range actionNames() {
		out = append(out, chat.Action{Name: name, Label: x.word(g, "menu."+name)})
	}
	return append(out, chat.Action{Name: "thank", Label: x.word(g, "menu.thank"), OnPerson: true})
}
