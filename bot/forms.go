package bot

import (
	"context"
	"strconv"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// asking is what a form asks somebody for.
type asking struct {
	kind     string      // of the act
	room     store.Place // where the words will stand; without ID: the form asks
	source   linked      // of an adoption: what was adopted; of thanks: the message
	receiver store.PersonID
	practice string
	draft    int64 // whose words stand in the form already, and are gone once it is sent
}

// openWords opens the form for an act, or says how to do it by command.
func (t *turn) openWords(c *call, a asking) error {
	fields := t.fields(c.g, a)
	if a.room.ID == 0 {
		room, ok, err := t.roomField(c)
		if err != nil {
			return err
		}
		if !ok {
			return t.whichRoom(c)
		}
		fields = append([]chat.Field{room}, fields...)
	}
	form := chat.Form{
		Title: t.texts.word(c.g, "form."+a.kind), Submit: t.texts.word(c.g, "form.submit"),
		State: t.formState(c.user, a), Fields: t.filled(fields, a.draft),
	}
	t.open(c.reply, c.trigger, form, t.texts.say(c.g, "how."+a.kind, nil))
	return nil
}

// fields are what the form of an act asks.
func (t *turn) fields(g tongue, a asking) []chat.Field {
	label := "form.words." + a.kind
	if t.texts.has(g, label+"."+a.practice) {
		label += "." + a.practice
	}
	words := chat.Field{Name: "words", Label: t.texts.word(g, label), Long: true, Max: mostWords}
	why := chat.Field{Name: "why", Label: t.texts.word(g, "form.why"), Hint: t.texts.word(g, "form.why.hint"), Optional: true, Max: mostWhy}
	switch a.kind {
	case actShare:
		return []chat.Field{t.kindField(g, a.practice), words, why}
	case actWhy:
		return t.whyFields(g)
	case actAdopt:
		return []chat.Field{words, why}
	case actThanks:
		return []chat.Field{words, t.choiceField(g, "audience", audiencePublic, []string{audiencePublic, audiencePrivate})}
	}
	return []chat.Field{words}
}

func (t *turn) kindField(g tongue, chosen string) chat.Field {
	if chosen == "" {
		chosen = shareKinds[0]
	}
	return t.choiceField(g, "kind", chosen, shareKinds)
}

func (t *turn) choiceField(g tongue, name, chosen string, values []string) chat.Field {
	f := chat.Field{Name: name, Label: t.texts.word(g, "form."+name), Value: chosen}
	for _, v := range values {
		f.Choices = append(f.Choices, chat.Choice{Value: v, Label: t.texts.word(g, name+"."+v)})
	}
	return f
}

// roomField lets somebody choose one of the rooms in which they wrote lately; false where there is none.
func (t *turn) roomField(c *call) (chat.Field, bool, error) {
	rooms, err := t.roomsOf(c.who)
	if err != nil || len(rooms) == 0 {
		return chat.Field{}, false, err
	}
	f := chat.Field{Name: "room", Label: t.texts.word(c.g, "form.room")}
	for _, r := range first(rooms, roomChoices) {
		f.Choices = append(f.Choices, chat.Choice{Value: strconv.FormatInt(int64(r.ID), 10), Label: "#" + t.conn.called(r.Channel)})
	}
	f.Value = f.Choices[0].Value
	return f, true, nil
}

// formState carries what a form is about, for one person: nobody can forge one, or send somebody else's.
func (t *turn) formState(user chat.UserID, a asking) string {
	number := func(n int64) string { return strconv.FormatInt(n, 36) }
	state := strings.Join([]string{
		a.kind, number(int64(a.room.ID)), number(int64(a.receiver)), number(int64(a.source.place.ID)), number(a.draft),
		string(a.source.message),
	}, "|")
	return t.formMAC(user, state) + "|" + state
}

func (t *turn) formMAC(user chat.UserID, state string) string {
	key := t.store.Key()
	return key.ButtonMAC("form "+state, key.DeliveryKey("form", t.conn.Name, string(user)))
}

// readState gives back what a form is about, if this bot opened it for this person.
func (t *turn) readState(user chat.UserID, text string) (a asking, ok bool, err error) {
	mac, state, _ := strings.Cut(text, "|")
	parts := strings.SplitN(state, "|", 6)
	key := t.store.Key()
	if len(parts) != 6 || !key.CheckButton("form "+state, key.DeliveryKey("form", t.conn.Name, string(user)), mac) {
		return a, false, nil
	}
	var numbers [4]int64
	for i := range numbers {
		if numbers[i], err = strconv.ParseInt(parts[i+1], 36, 64); err != nil {
			return a, false, nil
		}
	}
	a = asking{kind: parts[0], receiver: store.PersonID(numbers[1]), draft: numbers[3]}
	a.source.message = chat.MessageID(parts[5])
	if a.room, _, err = t.tx.PlaceByID(store.PlaceID(numbers[0])); err != nil {
		return a, false, err
	}
	a.source.place, _, err = t.tx.PlaceByID(store.PlaceID(numbers[2]))
	return a, err == nil, err
}

// submitted takes a form. A forged one, or one that was opened for somebody else, changes nothing.
func (t *turn) submitted(ev chat.FormSubmitted) error {
	c, err := t.callBy(ev.Header, ev.Reply, "")
	if err != nil {
		return err
	}
	if done, err := t.submittedSettings(c, ev.State, ev.Values); done || err != nil {
		return err
	}
	a, ok, err := t.readState(c.user, ev.State)
	if err != nil {
		return err
	}
	if !ok {
		t.onStored(func(context.Context) { t.conn.forged.Add(1) })
		t.answer(c.reply, t.texts.say(c.g, "form.unknown", nil))
		return nil
	}
	if a.room.ID == 0 {
		if a.room, ok, err = t.chosenRoom(c, ev.Values["room"]); err != nil {
			return err
		}
		if !ok {
			return t.whichRoom(c)
		}
	}
	if a.draft != 0 {
		if err := t.dropDraft(c.who, a.draft); err != nil {
			return err
		}
	}
	if a.kind == actWhy {
		return t.takeWhy(c, a, ev.Values)
	}
	words := strings.TrimSpace(ev.Values["words"])
	if words == "" {
		t.answer(c.reply, t.texts.say(c.g, "form.empty", nil))
		return nil
	}
	return t.takeForm(c, a, words, ev.Values)
}

// takeForm does what the command would have done with the same words.
func (t *turn) takeForm(c *call, a asking, words string, values map[string]string) error {
	g := given{words: words, why: strings.TrimSpace(values["why"])}
	switch a.kind {
	case actShare:
		g.practice = kindWords[values["kind"]]
		return t.stand(c, a.room, g.act(actShare))
	case actAdopt:
		return t.adoptFrom(c, a.source, a.room, g, (*turn).stand)
	case actThanks:
		user := t.userOf(a.receiver)
		if user == "" {
			t.answer(c.reply, t.texts.say(c.g, "form.unknown", nil))
			return nil
		}
		return t.thank(c, a.room, gratitude{
			whom: []chat.UserID{user}, reason: words, private: values["audience"] == audiencePrivate,
		})
	}
	return t.stand(c, a.room, g.act(a.kind))
}

// chosenRoom is the room that a form's answer names: one in which the person wrote.
func (t *turn) chosenRoom(c *call, value string) (store.Place, bool, error) {
	rooms, err := t.roomsOf(c.who)
	if err != nil {
		return store.Place{}, false, err
	}
	for _, r := range rooms {
		if strconv.FormatInt(int64(r.ID), 10) == value {
			return r, true, nil
		}
	}
	return store.Place{}, false, nil
}
