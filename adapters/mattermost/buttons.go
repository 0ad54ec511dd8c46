package mattermost

import (
	"strconv"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/mattermost/mattermost/server/public/model"
)

// maxLabel is how much of a label a button shows. The server has no limit, people's screens have.
const maxLabel = 60

// What a button's context holds. People cannot read it, nor can programs that read posts.
const (
	contextValue = "v"
	contextForm  = "f" // instead of a value: opens the form of that name
	contextMAC   = "m"
)

// attachments gives the buttons of a message in a channel. Without doors there are none: nobody would hear a press.
func (a *Adapter) attachments(channel string, buttons []chat.Button) []*model.MessageAttachment {
	if a.cfg.Hooks == "" || len(buttons) == 0 {
		return nil
	}
	var actions []*model.PostAction
	for i, b := range buttons {
		actions = append(actions, a.button(i, b.Label, map[string]any{
			contextValue: b.Value, contextMAC: a.sign("press", channel, b.Value),
		}))
	}
	return []*model.MessageAttachment{{Actions: actions}}
}

// formButton gives the button that opens a form which waits.
func (a *Adapter) formButton(channel, label, form string) []*model.MessageAttachment {
	return []*model.MessageAttachment{{Actions: []*model.PostAction{a.button(0, label, map[string]any{
		contextForm: form, contextMAC: a.sign("form", channel, form),
	})}}}
}

// button names itself: the server takes only letters and digits.
func (a *Adapter) button(i int, label string, context map[string]any) *model.PostAction {
	return &model.PostAction{
		Id: "button" + strconv.Itoa(i), Type: model.PostActionTypeButton, Name: orElse(plainLabel(label, maxLabel), "…"),
		Integration: &model.PostActionIntegration{URL: a.cfg.Hooks + "/" + doorAction, Context: context},
	}
}
