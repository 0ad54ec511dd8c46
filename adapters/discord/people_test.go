package discord_test

import (
	"bytes"
	"context"
	"time"

	"github.com/gofirst/gofirst/adapters/adaptertest"
	"github.com/gofirst/gofirst/adapters/discord/discordtest"
	"github.com/gofirst/gofirst/bot/chat"
)

func (w *world) Reply(root chat.MessageID, text string) chat.MessageID {
	return chat.MessageID(w.Server.Reply(w.room, w.ana, string(root), text))
}

func (w *world) At(user chat.UserID) string {
	if user == "" {
		return "<@" + w.Bot + ">"
	}
	return "<@" + string(user) + ">"
}

func (w *world) Hash(channel chat.ChannelID) string { return "<#" + string(channel) + ">" }

func (w *world) Other() chat.UserID { return chat.UserID(w.zoe) }

func (w *world) Tell(from chat.UserID, text string) chat.MessageID {
	return chat.MessageID(w.Server.Say(w.Direct(string(from)), string(from), text))
}

func (w *world) SayElsewhere(text string) (chat.ChannelID, chat.MessageID) {
	return chat.ChannelID(w.lobby), chat.MessageID(w.Server.Say(w.lobby, w.ana, text))
}

// Join tells only of the server: a bot is in every channel that it can see.
func (w *world) Join(self bool) chat.ChannelID {
	w.late = w.AddPerson("late", "Late")
	if self {
		w.AddGuild("Annex", permissions())
		return ""
	}
	w.Server.Join(w.guild, w.late)
	return ""
}

func (w *world) Leave() { w.Server.Leave(w.guild, w.late) }

func (w *world) Form() (chat.Form, bool) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if w.deed().Answered(ctx) != nil {
		return chat.Form{}, false
	}
	shown := w.deed().Form()
	f := chat.Form{Title: shown.Title}
	for _, in := range shown.Inputs {
		field := chat.Field{Name: in.Name, Label: in.Label, Hint: in.Hint, Value: in.Value, Long: in.Long, Optional: in.Optional}
		for _, c := range in.Choices {
			field.Choices = append(field.Choices, chat.Choice{Value: c.Value, Label: c.Name})
		}
		f.Fields = append(f.Fields, field)
	}
	return f, len(f.Fields) > 0
}

func (w *world) FillForm(values map[string]string) { w.Submit(w.deed(), values) }

// ForgeForm changes the state inside the form's identifier.
func (w *world) ForgeForm(values map[string]string) {
	w.SubmitAs(w.deed(), w.deed().Form().ID+"x", values)
}

func (w *world) Menu(action string, id chat.MessageID) {
	w.does(func() *discordtest.Deed {
		return w.Use(w.room, w.ana, string(id), map[string]string{"example": "Mark as example"}[action])
	})
}

func (w *world) PersonMenu(action string, user chat.UserID) {
	w.does(func() *discordtest.Deed {
		return w.UseOn(w.room, w.ana, string(user), map[string]string{"thank": "Thank"}[action])
	})
}

func (w *world) Permalink(id chat.MessageID) string { return w.Server.Permalink(w.room, string(id)) }

func (w *world) Group() string {
	w.AddRole(w.guild, "release-crew", w.ana)
	return "release-crew"
}

// Acked waits for as many deeds as it was asked about.
func (w *world) Acked(ctx context.Context) error {
	w.mu.Lock()
	w.acked++
	want := w.acked
	w.mu.Unlock()
	for {
		changed := w.Changed()
		w.mu.Lock()
		last, n := w.last, w.deeds
		w.mu.Unlock()
		if n >= want {
			return last.Answered(ctx)
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (w *world) Logged() string { return w.log.String() }

func (w *world) Sign(door string, body []byte) adaptertest.Knock {
	return w.signed(body, time.Now(), func(stamp string) string { return w.Server.Sign(stamp, body) })
}

func (w *world) ForgedAs() map[chat.Count]adaptertest.Knock {
	body := w.told()
	own := func(stamp string) string { return w.Server.Sign(stamp, body) }
	foreign := bytes.Replace(body, []byte(`"application_id":"`+w.Application), []byte(`"application_id":"1`+w.Application), 1)
	return map[chat.Count]adaptertest.Knock{
		chat.RefusedSignature: w.signed(body, time.Now(), func(string) string { return "" }),
		chat.RefusedStale:     w.signed(body, time.Now().Add(-6*time.Minute), own),
		chat.RefusedForeign:   w.Sign("interactions", foreign),
		chat.RefusedBody:      w.Sign("interactions", []byte(`{"type":2`)),
	}
}
