package export

import (
	"context"
	"errors"

	"github.com/gofirst/gofirst/bot/chat"
)

// errListen is why nothing is ever sent.
var errListen = errors.New("an export can only be listened to")

// Send refuses.
func (a *Adapter) Send(context.Context, chat.Delivery) (chat.Receipt, error) {
	return chat.Receipt{}, &chat.Error{Op: "send", Kind: chat.Refused, Err: errListen}
}
