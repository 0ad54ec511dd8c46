package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/playbooks"
)

// doors is a directory of three rooms: one public, one private, one that nobody can ask about.
type doors struct{ chat.Directory }

func (doors) Channel(_ context.Context, id chat.ChannelID) (chat.ChannelInfo, error) {
	if id == "unknown" {
		return chat.ChannelInfo{}, errors.New("not found")
	}
	return chat.ChannelInfo{Channel: id, Private: id == "private"}, nil
}

func (doors) Members(context.Context, chat.ChannelID) ([]chat.UserID, error) {
	return []chat.UserID{"ana"}, nil
}

func TestSight(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		user chat.UserID
		here chat.ChannelID
		want []chat.ChannelID
	}{
		{"ana", "", []chat.ChannelID{"public", "private", "unknown"}},
		{"hal", "", []chat.ChannelID{"public"}},
		{"hal", "private", []chat.ChannelID{"public", "private"}},
	} {
		see := &sight{directory: doors{}, user: c.user, here: c.here, known: map[chat.ChannelID]chat.ChannelInfo{}, open: map[chat.ChannelID]bool{}}
		var got []chat.ChannelID
		for _, room := range []chat.ChannelID{"public", "private", "unknown"} {
			if see.sees(t.Context(), room) {
				got = append(got, room)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s in %q sees %v, not %v", c.user, c.here, got, c.want)
		}
	}
	blind := &sight{here: "help", known: map[chat.ChannelID]chat.ChannelInfo{}, open: map[chat.ChannelID]bool{}}
	if !blind.sees(t.Context(), "help") || blind.sees(t.Context(), "public") {
		t.Error("without a directory nothing but the own room is seen")
	}
}

func TestReadWish(t *testing.T) {
	t.Parallel()
	book, err := playbooks.Load("two.yaml", []byte(twoRooms))
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"in #a and #b":                      "rooms=[#a #b]",
		"#a":                                "rooms=[#a]",
		"rooms a b":                         "rooms=[#a #b]",
		"patience=eager":                    "patience=eager",
		"eager":                             "patience=eager",
		"eager patience":                    "patience=eager",
		"wait 2 working days in #a":         "rooms=[#a] wait=2 working days",
		"wait is 1h active":                 "wait=1h active",
		"at 9:30, in #a, patience: patient": "at=9:30 patience=patient rooms=[#a]",
		"patience@#a eagre":                 "patience@#a=eager",
		"avec patience eager dans #a":       "patience=eager rooms=[#a]",
		"patience":                          "!setting.wants.choice",
		"least many":                        "!setting.wants.number",
		"least@#a 3":                        "!setting.everywhere",
		"fish":                              "!setting.unknown",
	} {
		w := readWish(book, tokens(text, nil), "")
		got := ""
		for _, name := range sortedKeys(w.given) {
			got += " " + name + "=" + fmt.Sprint(w.given[name])
		}
		for _, p := range w.problems {
			got += " !" + p.id
		}
		if got != " "+want {
			t.Errorf("%q gave%s, not %s", text, got, want)
		}
	}
}

const twoRooms = `playbook: two
about: {en: a, fr: a}
hypothesis: {en: a, fr: a}
harm: {en: a, fr: a}
measure: {practice: share, window: 1 day}
stop: {harm: 20, after: 8 weeks}
settings:
  rooms:    {type: channels, about: {en: a, fr: a}}
  patience: {type: choice, of: [eager, normal, patient], default: normal, per: channel, about: {en: a, fr: a}}
  wait:     {type: wait, default: 1 day, about: {en: a, fr: a}}
  at:       {type: time, default: "09:00", about: {en: a, fr: a}}
  least:    {type: number, default: 3, about: {en: a, fr: a}}
rules:
  - name: one
    when: {question_unanswered: {in: rooms, patience: patience}}
    do:
      - tell: {whom: author, as: one, open_for: 1h active, buttons: [yes, stop], text: {en: "Bot here.", fr: "Ici le bot."}}
    at_most: {per_room: 2 a day}
`
