package mattermost

import (
	"context"
	"crypto/hmac"
	"errors"
	"strings"
	"sync"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/mattermost/mattermost/server/public/model"
)

// commandWord is what people type after "/".
const commandWord = "gofirst"

// tokens are those by which the server proves that a command comes from it.
type tokens struct {
	mu     sync.Mutex
	byTeam map[string]string
	byHand func() string
}

func (t *tokens) keep(team, token string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.byTeam == nil {
		t.byTeam = map[string]string{}
	}
	t.byTeam[team] = token
}

// holds compares with every token in the same time, whichever fits.
func (t *tokens) holds(token string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	found := false
	for _, known := range t.byTeam {
		found = same(token, known) || found
	}
	if t.byHand != nil {
		found = same(token, t.byHand()) || found
	}
	return found
}

func same(token, known string) bool {
	return known != "" && hmac.Equal([]byte(token), []byte(known))
}

// learnTokens asks for the tokens of the bot's own commands. A bot that may not have commands is told nothing.
func (a *Adapter) learnTokens(ctx context.Context, teams []*model.Team) {
	if a.cfg.Hooks == "" {
		return
	}
	for _, t := range teams {
		if c, err := a.ownCommand(ctx, "commands", t.Id); err == nil && c != nil {
			a.tokens.keep(t.Id, c.Token)
		}
	}
}

// ownCommand finds the command of a team that calls this bot; nil where there is none.
func (a *Adapter) ownCommand(ctx context.Context, op, team string) (*model.Command, error) {
	all, answer, err := a.client.ListCommands(ctx, team, true)
	if err != nil {
		return nil, failure(op, answer, err)
	}
	for _, c := range all {
		if c.TeamId == team && strings.EqualFold(c.Trigger, commandWord) && (c.URL == a.commandURL() || c.CreatorId == a.selfID()) {
			return c, nil
		}
	}
	return nil, nil
}

func (a *Adapter) commandURL() string { return a.cfg.Hooks + "/" + doorCommand }

// Register makes "/gofirst" known in a team, or in all, and changes it where it differs. The server knows no menus of
// messages or people for programs that are no plugins: the actions are left out.
func (a *Adapter) Register(ctx context.Context, space chat.SpaceID, commands []chat.Command, _ []chat.Action) error {
	const op = "register"
	if a.cfg.Hooks == "" {
		return nil // "@gofirst …" works without
	}
	ctx, cancel := context.WithTimeout(ctx, httpTimeout)
	defer cancel()
	teams, err := a.spaces(ctx, op)
	if err != nil {
		return err
	}
	found := false
	for _, t := range teams {
		if space != "" && t.Id != string(space) {
			continue
		}
		found = true
		if err := a.register(ctx, op, t, commands); err != nil {
			return err
		}
	}
	if !found && space != "" {
		return failed(op, chat.Gone, errNoTeam)
	}
	return nil
}

func (a *Adapter) register(ctx context.Context, op string, t *model.Team, commands []chat.Command) error {
	have, err := a.ownCommand(ctx, op, t.Id)
	if err != nil {
		return a.byHand(op, t, err)
	}
	want := a.wanted(t.Id, commands)
	var answer *model.Response
	switch {
	case have == nil:
		have, answer, err = a.client.CreateCommand(ctx, want)
	case differs(have, want):
		changed := *have
		changed.Method, changed.URL, changed.AutoComplete = want.Method, want.URL, want.AutoComplete
		changed.AutoCompleteHint, changed.AutoCompleteDesc, changed.DisplayName = want.AutoCompleteHint, want.AutoCompleteDesc, want.DisplayName
		have, answer, err = a.client.UpdateCommand(ctx, &changed)
	}
	if err != nil {
		return a.byHand(op, t, failure(op, answer, err))
	}
	a.tokens.keep(t.Id, have.Token)
	return nil
}

// byHand says what an administrator has to do where the bot may not. With a token from the configuration that was
// done already.
func (a *Adapter) byHand(op string, t *model.Team, err error) error {
	k := kind(err)
	if k == chat.Unsure && strings.Contains(err.Error(), "status 501") {
		return failed(op, chat.Refused, errors.New("slash commands are off: System Console > Integrations > Integration Management > Enable Custom Slash Commands"))
	}
	if k != chat.Refused {
		return err
	}
	if a.cfg.CommandToken != nil && a.cfg.CommandToken() != "" {
		return nil
	}
	return failed(op, chat.Refused, errors.New("the bot may not create slash commands in the team "+t.Name+
		": an administrator of the team opens Integrations > Slash Commands > Add Slash Command, with the trigger word "+commandWord+
		", the request URL "+a.commandURL()+" and the method POST, and puts the token that is shown into command_token"))
}

func (a *Adapter) wanted(team string, commands []chat.Command) *model.Command {
	var names []string
	for _, c := range commands {
		names = append(names, c.Name)
	}
	return &model.Command{
		TeamId: team, Trigger: commandWord, Method: model.CommandMethodPost, URL: a.commandURL(),
		AutoComplete: true, AutoCompleteHint: shortened("["+strings.Join(names, "|")+"]", 1024),
		AutoCompleteDesc: describe(commands), DisplayName: commandWord,
	}
}

func describe(commands []chat.Command) string {
	var about []string
	for _, c := range commands {
		about = append(about, strings.TrimSpace(c.Name+" "+c.Hint)+": "+c.About)
	}
	return shortened(strings.Join(about, " · "), 1024)
}

func differs(have, want *model.Command) bool {
	return have.Method != want.Method || have.URL != want.URL || have.AutoComplete != want.AutoComplete ||
		have.AutoCompleteHint != want.AutoCompleteHint || have.AutoCompleteDesc != want.AutoCompleteDesc
}
