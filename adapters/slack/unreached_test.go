package slack_test

import (
	"errors"
	"testing"

	"github.com/gofirst/gofirst/adapters/slack"
	"github.com/gofirst/gofirst/bot/chat"
)

// TestNobodyThere: where no connection could be made, the message was certainly not sent.
func TestNobodyThere(t *testing.T) {
	t.Parallel()
	a, err := slack.New(slack.Config{
		API: "http://127.0.0.1:1/api/", BotToken: func() string { return "xoxb-1" }, AppToken: func() string { return "xapp-1" },
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = a.Send(t.Context(), chat.Delivery{Key: "k", Message: chat.Message{
		To: chat.To{Channel: "C0123456789"}, Body: []chat.Node{chat.Text("hello")},
	}})
	var e *chat.Error
	if !errors.As(err, &e) || e.Kind != chat.Later {
		t.Errorf("Send gives %v", err)
	}
}
