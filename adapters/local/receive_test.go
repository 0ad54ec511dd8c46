package local_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gofirst/gofirst/adapters/local"
	"github.com/gofirst/gofirst/bot/chat"
)

// listen runs an adapter in the background and gives what its sink took, until stop is called.
func listen(t *testing.T, a *local.Adapter, since map[chat.ChannelID]chat.Cursor, refuse func(chat.Event) bool) (taken func() []chat.Event, stop func() error) {
	ctx, cancel := context.WithCancel(t.Context())
	var got []chat.Event
	var mu sync.Mutex
	done := make(chan error, 1)
	go func() {
		done <- a.Run(ctx, since, func(_ context.Context, e chat.Event) error {
			mu.Lock()
			defer mu.Unlock()
			if refuse != nil && refuse(e) {
				return errors.New("not now")
			}
			got = append(got, e)
			return nil
		})
	}()
	taken = func() []chat.Event {
		synctest.Wait()
		mu.Lock()
		defer mu.Unlock()
		return slices.Clone(got)
	}
	return taken, func() error { cancel(); return <-done }
}

func TestOneRefusedEventHoldsUpItsChannelAlone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := local.New(local.Options{Now: time.Now})
		furnish(c)
		refusals := 0
		taken, stop := listen(t, c.Connect(), nil, func(e chat.Event) bool {
			if e.Head().Place.Channel != "help" || refusals == 3 {
				return false
			}
			refusals++
			return true
		})
		one := must(c.Say("ana", "help", "", "one", 0))(t)
		two := must(c.Say("ana", "help", "", "two", 0))(t)
		dm := must(c.Tell("zoe", "hello"))(t)
		if got := taken(); len(got) != 1 || got[0].Head().ID != dm.ID {
			t.Errorf("while help is refused: %v", got)
		}
		time.Sleep(time.Second) // the bubble's clock
		if got := taken(); len(got) != 3 || got[1].Head().ID != one.ID || got[2].Head().ID != two.ID {
			t.Errorf("in the end: %v", got)
		}
		if err := stop(); !errors.Is(err, context.Canceled) {
			t.Errorf("Run ended with %v", err)
		}
	})
}

func TestEveryConnectionHearsAllAfterItsCursors(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := local.New(local.Options{Now: time.Now})
		furnish(c)
		first := must(c.Say("ana", "help", "", "one", 0))(t)
		must(c.Say("ana", "help", "", "two", 0))(t)
		must(c.Tell("zoe", "hello"))(t)
		all, stopAll := listen(t, c.Connect(), nil, nil)
		some, stopSome := listen(t, c.Connect(), map[chat.ChannelID]chat.Cursor{"help": first.Cursor}, nil)
		must(c.Connect().Send(t.Context(), chat.Delivery{Key: "k", Message: chat.Message{To: chat.To{Channel: "help"}, Body: []chat.Node{chat.Text("hi")}}}))(t)
		if len(all()) != 4 || len(some()) != 3 {
			t.Errorf("all: %v\nsome: %v", all(), some())
		}
		stopAll()
		stopSome()
	})
	err := local.New(local.Options{Now: time.Now}).Connect().Run(t.Context(), map[chat.ChannelID]chat.Cursor{"help": "x"}, nil)
	wantKind(t, err, chat.Refused)
}

func TestPostsAreToldInOrder(t *testing.T) {
	t.Parallel()
	c, _ := office(t)
	var seen []string
	stop := c.OnPost(func(p local.Post) {
		seen = append(seen, p.Text)
		if p.Text == "question" {
			must(c.Say("hal", "help", p.Message, "answer", 0))(t)
		}
	})
	c.OnPost(func(p local.Post) { seen = append(seen, p.Text) })
	must(c.Say("ana", "help", "", "question", 0))(t)
	stop()
	must(c.Say("ana", "help", "", "thanks", 0))(t)
	if want := []string{"question", "question", "answer", "answer", "thanks"}; !slices.Equal(seen, want) {
		t.Errorf("seen %q, want %q", seen, want)
	}
}
