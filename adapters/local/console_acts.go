package local

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

func (k *Console) goTo(_ context.Context, rest string) (chat.Event, error) {
	me := k.user()
	to, ok := k.chat.DM(me), strings.EqualFold(rest, "@bot")
	if !ok {
		k.chat.mu.Lock()
		to, ok = k.chat.channelNamed(strings.TrimPrefix(rest, "#"))
		k.chat.mu.Unlock()
	}
	if !ok {
		return nil, fmt.Errorf("there is no room %q", plainLine(rest))
	}
	if err := k.chat.entered(me, to); err != nil {
		return nil, err
	}
	k.sit(me, to, "")
	k.say("You are in " + k.shown(to) + ".")
	return nil, nil
}

func (k *Console) enter(_ context.Context, rest string) (chat.Event, error) {
	me, room, _ := k.seat()
	if rest == "" {
		k.sit(me, room, "")
		k.say("You write in " + k.shown(room) + " again.")
		return nil, nil
	}
	m, _, err := k.numbered(rest)
	if err != nil {
		return nil, err
	}
	k.sit(me, m.channel, m.message)
	k.say("You write in the thread of message " + rest + ". :thread leaves it.")
	return nil, nil
}

func (k *Console) answer(_ context.Context, rest string) (chat.Event, error) {
	m, text, err := k.numbered(rest)
	if err != nil {
		return nil, err
	}
	return event(k.chat.Say(k.user(), m.channel, m.message, text, 0))
}

func (k *Console) speak(_ context.Context, text string) (chat.Event, error) {
	me, room, thread := k.seat()
	return event(k.chat.Say(me, room, thread, text, 0))
}

func (k *Console) tell(_ context.Context, text string) (chat.Event, error) {
	return event(k.chat.Tell(k.user(), text))
}

func (k *Console) press(_ context.Context, rest string) (chat.Event, error) {
	b, err := k.button(rest)
	if err != nil {
		return nil, err
	}
	return event(k.chat.Press(k.user(), b.channel, b.message, b.value))
}

func (k *Console) button(number string) (spot, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	n, err := strconv.Atoi(number)
	switch {
	case len(k.buttons) == 0:
		return spot{}, errors.New("there is no button yet; :say says a number")
	case err != nil || n < 1 || n > len(k.buttons):
		return spot{}, fmt.Errorf("which button? Their numbers go to %d; :say says a number", len(k.buttons))
	}
	return k.buttons[n-1], nil
}

// react sets a reaction, or takes back the one that is set. The emoji itself will do for its name.
func (k *Console) react(_ context.Context, rest string) (chat.Event, error) {
	m, name, err := k.numbered(rest)
	if err != nil {
		return nil, err
	}
	for short, shown := range emojis {
		if name == shown {
			name = short
		}
	}
	me := k.user()
	name = strings.Trim(name, ":")
	set := slices.Contains(k.chat.Reactions(m.channel, m.message), Reacted{me, name})
	return k.chat.React(me, m.channel, m.message, name, !set)
}

func (k *Console) edit(_ context.Context, rest string) (chat.Event, error) {
	m, text, err := k.numbered(rest)
	if err != nil {
		return nil, err
	}
	return event(k.chat.Edit(k.user(), m.channel, m.message, text))
}

func (k *Console) remove(_ context.Context, rest string) (chat.Event, error) {
	m, _, err := k.numbered(rest)
	if err != nil {
		return nil, err
	}
	return event(k.chat.Delete(k.user(), m.channel, m.message))
}

// menu takes an action, named as the bot registered it or as it is labelled.
func (k *Console) menu(_ context.Context, rest string) (chat.Event, error) {
	m, name, err := k.numbered(rest)
	if err != nil {
		return nil, err
	}
	var labels []string
	for _, a := range k.chat.Actions() {
		if strings.EqualFold(a.Name, name) || strings.EqualFold(a.Label, name) {
			return event(k.chat.Act(k.user(), a.Name, m.channel, m.message))
		}
		labels = append(labels, a.Label)
	}
	return nil, fmt.Errorf("the menu has: %s", orElse(strings.Join(labels, " · "), "nothing"))
}

func (k *Console) who(context.Context, string) (chat.Event, error) {
	_, room, _ := k.seat()
	k.say("In " + k.shown(room) + ": " + strings.Join(k.chat.present(room), ", ") + ", and the bot.")
	return nil, nil
}

func (k *Console) as(_ context.Context, rest string) (chat.Event, error) {
	k.chat.mu.Lock()
	u, ok := k.chat.handles[fold(strings.TrimPrefix(rest, "@"))]
	bot := k.chat.people[u].Bot
	k.chat.mu.Unlock()
	if !ok || bot {
		return nil, fmt.Errorf("there is no person %q", plainLine(rest))
	}
	_, room, _ := k.seat()
	if k.chat.entered(u, room) != nil {
		room = k.chat.firstRoom(u)
	}
	k.sit(u, room, "")
	k.say(fmt.Sprintf("You are %s in %s.", k.chat.PersonName(u), k.shown(room)))
	return nil, nil
}

// sit takes a seat; an open form stays with the person who opened it.
func (k *Console) sit(me chat.UserID, room chat.ChannelID, thread chat.MessageID) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if me != k.me {
		k.form = nil
	}
	k.me, k.room, k.thread = me, room, thread
}

// entered says whether a person is in a channel.
func (c *Chat) entered(user chat.UserID, in chat.ChannelID) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, err := c.inside(user, in)
	return err
}

// present gives the names of who is in a channel.
func (c *Chat) present(in chat.ChannelID) (names []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if ch := c.channels[in]; ch != nil {
		for _, u := range ch.members {
			names = append(names, plainLine(c.people[u].Name))
		}
	}
	return names
}

// event makes an event that did not happen nil.
func event[E chat.Event](e E, err error) (chat.Event, error) {
	if err != nil {
		return nil, err
	}
	return e, nil
}
