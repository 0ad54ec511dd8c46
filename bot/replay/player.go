package replay

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// PlayOptions say with what transcripts are played. Stage and Playbooks are required.
type PlayOptions struct {
	// Stage makes the empty chat of one transcript, on the given clock.
	Stage     func(now func() time.Time) Stage
	Playbooks []*playbooks.Playbook // those that a transcript may name
}

// Stage is the chat in which a transcript is played. What people do there is told by Events, what the bot says by
// Said. A chat of adapters/local is a Stage but for Adapter and Said.
type Stage interface {
	Adapter() chat.Adapter
	Said() []Said         // all that the bot said, in order
	Events() []chat.Event // all that happened, in order
	Self() chat.UserID    // the bot
	Space() chat.SpaceID

	AddPerson(chat.Profile) chat.UserID
	AddChannel(name string, members ...chat.UserID) chat.ChannelID
	DM(chat.UserID) chat.ChannelID

	Say(user chat.UserID, in chat.ChannelID, thread chat.MessageID, text string, attachments int) (chat.MessagePosted, error)
	Edit(user chat.UserID, in chat.ChannelID, id chat.MessageID, text string) (chat.MessageEdited, error)
	Delete(user chat.UserID, in chat.ChannelID, id chat.MessageID) (chat.MessageDeleted, error)
	React(user chat.UserID, in chat.ChannelID, id chat.MessageID, emoji string, present bool) (chat.Event, error)
	Join(user chat.UserID, in chat.ChannelID) (chat.MemberJoined, error)
	Leave(user chat.UserID, from chat.ChannelID) (chat.MemberLeft, error)
	Command(user chat.UserID, in chat.ChannelID, text string) (chat.CommandInvoked, error)
	Press(user chat.UserID, in chat.ChannelID, id chat.MessageID, button string) (chat.ButtonPressed, error)
	Submit(user chat.UserID, handle chat.ReplyHandle, values map[string]string) (chat.FormSubmitted, error)
	Act(user chat.UserID, action string, in chat.ChannelID, id chat.MessageID) (chat.ActionInvoked, error)
}

// Said is one thing that the bot said.
type Said struct {
	At      time.Time
	To      chat.UserID // who alone sees it; empty: the whole room
	Channel chat.ChannelID
	Message chat.MessageID
	Under   chat.UserID // who wrote the root of its thread; empty at the top of a room
	Answer  bool        // to a command, a press or a form, not by itself
	Form    bool        // a form that was opened
	Reply   chat.ReplyHandle
	Text    string // plain, without the buttons
	Buttons []chat.Button
}

// Outcome is how a transcript went.
type Outcome struct {
	File, Title string
	Line        int   // of the title
	Spoke       int   // how often the bot spoke
	Err         error // nil: as written; else a *Failure, or a *playbooks.Problem for what cannot be read
}

// Play plays a transcript with the real engine on a store in memory. The same transcript always goes the same way.
// Its error says that it could not be played at all; what went otherwise than written stands in the Outcome.
func Play(ctx context.Context, t Transcript, o PlayOptions) (Outcome, error) {
	out := Outcome{File: t.File, Title: t.Title, Line: t.Line}
	p, err := newPlayer(ctx, t, o)
	if err == nil {
		err = p.play()
		out.Spoke = len(p.stage.Said())
	}
	if p != nil {
		err = errors.Join(err, p.store.Close())
	}
	var failure *Failure
	if errors.As(err, &failure) {
		out.Err = failure
		return out, nil
	}
	if err != nil {
		return out, fmt.Errorf("play %s: %w", t.File, err)
	}
	return out, nil
}

// player is one transcript being played.
type player struct {
	ctx    context.Context
	t      Transcript
	stage  Stage
	store  *store.Store
	driver Driver
	users  map[string]chat.UserID    // by name
	rooms  map[string]chat.ChannelID // by name
	names  map[chat.UserID]string
	newest map[chat.UserID]spot // what each person last wrote in a room
	step   step                 // that is being played
	taken  int                  // of the stage's events
	told   int                  // of what the bot said, by lines so far
	traces []bot.Trace
}

// spot is where a message stands.
type spot struct {
	channel chat.ChannelID
	message chat.MessageID
}

// play goes through the lines. Before each, all that falls due by then happens.
func (p *player) play() error {
	for _, p.step = range p.t.steps {
		if err := p.until(p.step.at); err != nil {
			return err
		}
		if err := p.untold(p.step.at); err != nil {
			return err
		}
		if err := p.step.do.play(p); err != nil {
			return err
		}
	}
	if untold := p.stage.Said()[p.told:]; len(untold) > 0 {
		return p.fail("the transcript ends without telling what the bot said", untold...)
	}
	return nil
}

// until lets everything happen that falls due up to a time.
func (p *player) until(at time.Time) error {
	if err := p.driver.Until(p.ctx, at); err != nil {
		return err
	}
	return p.listen()
}

// listen hands the engine what happened in the chat, its own messages included.
func (p *player) listen() error {
	for p.taken < len(p.stage.Events()) {
		ev := p.stage.Events()[p.taken]
		p.taken++
		if err := p.driver.Take(p.ctx, ev); err != nil {
			return err
		}
	}
	return nil
}

// untold fails where the bot said something before this minute that no line tells.
func (p *player) untold(at time.Time) error {
	said := p.stage.Said()[p.told:]
	if len(said) > 0 && said[0].At.Before(at.Truncate(time.Minute)) {
		return p.fail("before this line the bot said what no line tells", said...)
	}
	return nil
}

// minute is what a line's time stands for.
const minute = time.Minute - time.Microsecond
