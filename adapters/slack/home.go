package slack

import (
	"context"
	"net/url"

	"github.com/gofirst/gofirst/bot/chat"
	slackapi "github.com/slack-go/slack"
)

const maxHomeBlocks = 100

// ShowHome publishes a person's Home tab. Nobody else sees it, and nothing in it notifies.
func (a *Adapter) ShowHome(ctx context.Context, user chat.UserID, body []chat.Node, pressable []chat.Button) error {
	const op = "slack home"
	if !isID(string(user)) {
		return failed(op, chat.Gone, "there is no such person")
	}
	if size := a.Size(chat.Message{Body: body, Buttons: pressable}); size > 3*maxSize {
		return failed(op, chat.Refused, "the page is too long")
	}
	blocks, _, err := a.body(ctx, op, body, true)
	if err != nil {
		return err
	}
	rows, _, err := buttons(op, pressable)
	if err != nil {
		return err
	}
	if blocks = append(blocks, rows...); len(blocks) > maxHomeBlocks {
		return failed(op, chat.Refused, "the page has too many parts")
	}
	v := slackapi.HomeTabViewRequest{Type: slackapi.VTHomeTab, Blocks: slackapi.Blocks{BlockSet: blocks}}
	return a.call(ctx, op, "views.publish", url.Values{"user_id": {string(user)}, "view": {encode(v)}}, nil)
}
