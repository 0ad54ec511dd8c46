package bot

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// Words that are typed are shown to their author as they would stand, before they do. Until then they are a draft,
// which nobody else sees, which nothing counts, and which is gone after a day.

// draftLife is for how long a preview can be answered.
const draftLife = day

// watchDraft is the name under which a draft waits for its end.
const watchDraft = "draft"

// draftPrefix stands in the buttons of a preview before the draft's number, where others have the key of a delivery.
const draftPrefix = "draft"

func draftKey(id int64) string { return draftPrefix + strconv.FormatInt(id, 36) }

func draftID(key string) (int64, bool) {
	number, is := strings.CutPrefix(key, draftPrefix)
	id, err := strconv.ParseInt(number, 36, 64)
	return id, is && err == nil
}

// preview shows somebody how their words would stand in a room, and lets them stand with one press. Where nothing can
// be pressed they stand at once.
func (t *turn) preview(c *call, room store.Place, a store.Act) error {
	if utf8.RuneCountInString(a.Words) > mostWords || utf8.RuneCountInString(a.Why) > mostWhy {
		return t.stand(c, room, a) // which says that it is too long
	}
	if t.conn.info.NoButtons {
		return t.stand(c, room, a)
	}
	shown := t.card(t.tongueIn(room), authored(a, c.who))
	a.Link, a.Kind = a.Kind, actDraft
	a.Conn, a.Space, a.Place, a.Author, a.At = t.conn.Name, room.Space, room.ID, c.who.ID, t.now
	id, err := t.tx.AddAct(a)
	if err != nil {
		return err
	}
	a.ID = id
	if err := t.watchDraft(room, a); err != nil {
		return err
	}
	body := t.texts.say(c.g, "draft.shown", holes{"room": {chat.Room{Channel: room.Channel}}, "card": {chat.Quote(shown)}})
	t.answer(c.reply, body, t.buttons(c.g, draftKey(id), []string{"post", "change", "drop"})...)
	return nil
}

// authored is an act as its card will show it.
func authored(a store.Act, who store.Person) store.Act {
	a.Author = who.ID
	return a
}

// watchDraft lets a draft end after a day.
func (t *turn) watchDraft(room store.Place, a store.Act) error {
	due := t.now.Add(draftLife)
	_, err := t.tx.AddWatch(store.Watch{
		Conn: t.conn.Name, Space: room.Space, Name: watchDraft, Place: room.ID, Subject: actSubject(a.ID), Due: due,
		Data: cause{act: &a}.refs().String(),
	})
	t.wake(&t.watches, due)
	return err
}

// draftLapsed forgets words that nobody let stand.
func (t *turn) draftLapsed(c cause) error {
	if c.act == nil || c.act.Kind != actDraft {
		return nil
	}
	t.onStored(t.emptyLog)
	return t.tx.DeleteAct(c.act.ID)
}

// draftOf finds a person's draft. It is gone after a day, and once it stands or was dropped.
func (t *turn) draftOf(who store.Person, id int64) (a store.Act, ok bool, err error) {
	a, ok, err = t.tx.Act(id)
	return a, ok && a.Kind == actDraft && a.Author == who.ID, err
}

// dropDraft forgets a person's draft, if it is there.
func (t *turn) dropDraft(who store.Person, id int64) error {
	a, ok, err := t.draftOf(who, id)
	if err != nil || !ok {
		return err
	}
	if _, err := t.tx.DeleteWatchesOn(actSubject(a.ID)); err != nil {
		return err
	}
	return t.draftLapsed(cause{act: &a})
}

// pressedDraft lets the words stand, opens them to be changed, or drops them.
func (t *turn) pressedDraft(ev chat.ButtonPressed, id int64, choice string) error {
	c, err := t.callBy(ev.Header, ev.Reply, ev.Trigger)
	if err != nil {
		return err
	}
	a, ok, err := t.draftOf(c.who, id)
	if err != nil {
		return err
	}
	if !ok {
		return t.tellBack(c, "draft.gone", nil)
	}
	room, _, err := t.tx.PlaceByID(a.Place)
	if err != nil {
		return err
	}
	if choice == "change" {
		return t.changeDraft(c, room, a)
	}
	if err := t.dropDraft(c.who, id); err != nil {
		return err
	}
	if choice == "drop" {
		return t.tellBack(c, "draft.dropped", nil)
	}
	a.Kind, a.Link = a.Link, ""
	return t.stand(c, room, a)
}

// changeDraft opens the form with the words in it.
func (t *turn) changeDraft(c *call, room store.Place, a store.Act) error {
	ask := asking{kind: a.Link, room: room, practice: a.Practice, draft: a.ID}
	if a.Source != 0 {
		source, _, err := t.tx.Act(a.Source)
		if err != nil {
			return err
		}
		if ask.source.place, _, err = t.tx.PlaceByID(source.Place); err != nil {
			return err
		}
		ask.source.message = source.Message
	}
	return t.openWords(c, ask)
}

// filled sets what a draft holds into the fields of a form.
func (t *turn) filled(fields []chat.Field, draft int64) []chat.Field {
	a, ok, err := t.tx.Act(draft)
	if draft == 0 || err != nil || !ok {
		return fields
	}
	for i, f := range fields {
		switch f.Name {
		case "words":
			fields[i].Value = a.Words
		case "why":
			fields[i].Value = a.Why
		}
	}
	if a.Link == actWhy {
		fillWhy(fields, a.Words)
	}
	return fields
}
