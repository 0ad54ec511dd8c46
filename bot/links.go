package bot

import (
	"slices"
	"strings"
	"unicode"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// linked is a message that somebody points at.
type linked struct {
	place   store.Place
	message chat.MessageID
}

// pointed finds the message that a command means: the first link among its words, else the root of the thread in
// which it was given. rest is what was written besides.
func (t *turn) pointed(c *call) (l linked, rest wording, ok bool, err error) {
	w := c.wording()
	for _, s := range spans(w.text) {
		l, ok, err := t.resolve(c, s)
		if err != nil || ok {
			return l, w.without(s.from, s.to), ok, err
		}
	}
	if c.thread != "" {
		return linked{c.place, c.thread}, w, true, nil
	}
	return linked{}, w, false, nil
}

// linkQuotes are what people set around a link.
const linkQuotes = "<>()[]«»“”\"',;.!?"

// resolve reads one word of a command as a link: in the service's own way, or typed as #room/message. A link into
// a room that the bot does not know, or of another space, leads nowhere.
func (t *turn) resolve(c *call, s wordSpan) (linked, bool, error) {
	channel, message, ok := t.parseLink(c, s)
	if !ok {
		return linked{}, false, nil
	}
	place, ok, err := t.tx.FindPlace(t.conn.Name, channel)
	if err != nil || !ok || !c.direct && place.Space != c.place.Space {
		return linked{}, false, err
	}
	return linked{place, message}, true, nil
}

func (t *turn) parseLink(c *call, s wordSpan) (chat.ChannelID, chat.MessageID, bool) {
	word := strings.Trim(c.text[s.from:s.to], linkQuotes)
	if linker, can := t.conn.Adapter.(chat.Linker); can {
		if channel, message, ok := linker.ParseLink(word); ok {
			return channel, message, true
		}
	}
	for _, r := range c.references {
		if r.Channel == "" || r.At < s.from || r.At >= s.to {
			continue
		}
		if id, ok := strings.CutPrefix(c.text[min(r.At+r.Len, s.to):s.to], "/"); ok {
			id = strings.TrimRightFunc(id, func(x rune) bool { return !unicode.IsLetter(x) && !unicode.IsDigit(x) })
			return r.Channel, chat.MessageID(id), id != ""
		}
	}
	return "", "", false
}

// roomMemory is for how long the rooms in which somebody wrote are known.
const roomMemory = 35 * day

// roomsOf lists the rooms in which a person wrote lately, the most used first. Of others the bot does not speak to
// them: they may not be theirs to know.
func (t *turn) roomsOf(who store.Person) ([]store.Place, error) {
	counts, err := t.tx.MessagesBy(who.ID, t.now.Add(-roomMemory))
	if err != nil {
		return nil, err
	}
	var out []store.Place
	for id := range counts {
		place, ok, err := t.tx.PlaceByID(id)
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, place)
		}
	}
	slices.SortFunc(out, func(a, b store.Place) int {
		if n := counts[b.ID] - counts[a.ID]; n != 0 {
			return n
		}
		return cmpID(int64(a.ID), int64(b.ID))
	})
	return out, nil
}

// roomFor finds the room that a command is about: the one in which it was given, or, in a conversation with the
// bot, the one that is named at its beginning or end, or else the only one that comes into question.
func (t *turn) roomFor(c *call, w wording) (room store.Place, rest wording, ok bool, err error) {
	if !c.direct {
		return c.place, w, true, nil
	}
	rooms, err := t.roomsOf(c.who)
	if err != nil {
		return room, w, false, err
	}
	if channel, rest, named := roomNamed(w); named {
		for _, r := range rooms {
			if r.Channel == channel {
				return r, rest, true, nil
			}
		}
		return room, w, false, nil
	}
	if len(rooms) == 1 {
		return rooms[0], w, true, nil
	}
	return room, w, false, nil
}

// roomNamed takes a room's name off the beginning or the end of a text, with the "in" before it.
func roomNamed(w wording) (chat.ChannelID, wording, bool) {
	for _, r := range w.references {
		if r.Channel == "" {
			continue
		}
		before, after := w.text[:r.At], w.text[r.At+r.Len:]
		last := lastWord(before)
		from := r.At
		switch strings.ToLower(last) {
		case "in", "dans", "sur":
			from = strings.LastIndex(before, last)
		}
		switch {
		case strings.TrimSpace(w.text[:from]) == "":
			return r.Channel, w.without(from, len(w.text)-len(strings.TrimLeft(after, ":,"))), true
		case strings.Trim(after, " .,;:!?") == "":
			return r.Channel, w.part(0, from), true
		}
	}
	return "", w, false
}

func lastWord(text string) string {
	if words := strings.Fields(text); len(words) > 0 {
		return words[len(words)-1]
	}
	return ""
}

// whichRoom asks for the room, naming those in which the person wrote lately.
func (t *turn) whichRoom(c *call) error {
	rooms, err := t.roomsOf(c.who)
	if err != nil {
		return err
	}
	if len(rooms) == 0 {
		t.answer(c.reply, t.texts.say(c.g, "room.none", nil))
		return nil
	}
	var list []chat.Node
	for i, r := range first(rooms, roomChoices) {
		if i > 0 {
			list = append(list, chat.Text(" · "))
		}
		list = append(list, chat.Room{Channel: r.Channel})
	}
	t.answer(c.reply, t.texts.say(c.g, "room.which", holes{"rooms": list, "example": usage(c, "#… …")}))
	return nil
}

// usage shows a command as it was called, with what may follow it.
func usage(c *call, rest string) []chat.Node {
	verb := c.verb
	if verb == "" {
		verb = actShare
	}
	return []chat.Node{chat.Code("/gofirst " + verb + " " + rest)}
}

// roomChoices is how many rooms are offered to choose from.
const roomChoices = 10
