package adaptertest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/gofirst/gofirst/bot/chat"
)

// mute is an adapter that has nothing but what every adapter has.
type mute struct{}

func (mute) Info() chat.Info                                                      { return chat.Info{Service: "mute"} }
func (mute) Size(chat.Message) int                                                { return 0 }
func (mute) Run(context.Context, map[chat.ChannelID]chat.Cursor, chat.Sink) error { return nil }
func (mute) Send(context.Context, chat.Delivery) (r chat.Receipt, err error)      { return r, err }

// everything names all parts, as a harness would that has none of them.
func everything() map[Part]string {
	all := map[Part]string{}
	for _, p := range []Part{
		Sending, Statuses, Resuming, Refusing, Dropping, Redelivering, Losing, OtherBots, Pinging, RecoveringDirect, RecoveringReplies,
		Present, Gapping, Waiting, Calling, Adding, Homes, Buttons, Menus, PersonMenus, Pictures, Groups, Zones, Languages,
	} {
		all[p] = "it has none"
	}
	return all
}

func TestCapabilitiesFollowFromTheAdapter(t *testing.T) {
	t.Parallel()
	sound, _ := stand{}.Open(t)
	for _, c := range Capabilities(sound, nil) {
		if !c.Has {
			t.Errorf("a sound adapter has no %q", c.Name)
		}
	}
	for _, c := range Capabilities(mute{}, everything()) {
		if c.Has {
			t.Errorf("an adapter that has nothing has %q", c.Name)
		}
	}
	for _, c := range Capabilities(sound, map[Part]string{Zones: "nobody says"}) {
		if c.Has == (c.Name == "people's time zones") {
			t.Errorf("with zones excluded, %q is %v", c.Name, c.Has)
		}
	}
}

func TestTable(t *testing.T) {
	t.Parallel()
	sound, _ := stand{}.Open(t)
	lines := strings.Split(strings.TrimSuffix(Table(Column{"Sound", sound, nil}, Column{"Mute", mute{}, everything()}), "\n"), "\n")
	if want := []string{"| what one can do | Sound | Mute |", "|---|---|---|"}; !slices.Equal(lines[:2], want) {
		t.Errorf("the table begins with %q, want %q", lines[:2], want)
	}
	var want []string
	for _, c := range Capabilities(sound, nil) {
		want = append(want, fmt.Sprintf("| %s | yes | – |", c.Name))
	}
	if !slices.Equal(lines[2:], want) {
		t.Errorf("the table goes on with\n%q, want\n%q", lines[2:], want)
	}
}
