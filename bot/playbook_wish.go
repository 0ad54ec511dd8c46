package bot

import (
	"context"
	"slices"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/playbooks"
)

// withWish reads what is wanted. Rooms that the service has to be asked about are looked up outside of the turn, and
// the rest is done in another one.
func (t *turn) withWish(c *call, book *playbooks.Playbook, space chat.SpaceID, do func(*turn, *call, wished) error) error {
	here := string(c.place.Channel)
	if c.direct {
		here = ""
	}
	w := readWish(book, t.behindName(c, book), here)
	for name := range w.given {
		if t.locked(space, book, name) {
			w.problem("setting.locked", holes{"name": settingName(name)})
		}
	}
	if len(w.problems) > 0 {
		t.answer(c.reply, t.problemPage(c.g, book, w.problems))
		return nil
	}
	return t.resolved(c, wished{book: book, given: w.given, space: space, only: w.only, now: w.now}, do)
}

// resolved looks up the rooms of a wish that nobody has looked up yet, and does what is to be done with it.
func (t *turn) resolved(c *call, w wished, do func(*turn, *call, wished) error) error {
	if !unresolved(w.book, w.given) {
		return do(t, c, w)
	}
	t.onStored(func(ctx context.Context) { t.resolveAndDo(ctx, c, w, do) })
	return nil
}

// behindName gives the words of a command without its verb and the playbook's name.
func (t *turn) behindName(c *call, book *playbooks.Playbook) []token {
	list := tokens(c.text, c.references)
	verb, named := false, false
	return slices.DeleteFunc(list, func(tok token) bool {
		switch {
		case tok.channel != "" || verb && named:
			return false
		case !verb && isPlaybookVerb(tok.word):
			verb = true
			return true
		case !named && partOf(tok.word, book.ID):
			return true
		case !named && t.bookNamed(strings.ReplaceAll(normal(tok.word), "_", "-")) == book:
			named = true
			return true
		}
		return false
	})
}

func isPlaybookVerb(word string) bool {
	return playbookVerbs()[normal(word)] != nil
}

// partOf takes "question rescue" for "question-rescue".
func partOf(word, id string) bool {
	parts := strings.Split(id, "-")
	return len(parts) > 1 && slices.Contains(parts, normal(word))
}

// unresolved reports whether a room is named that nobody has looked up yet.
func unresolved(book *playbooks.Playbook, given map[string]any) bool {
	for name, value := range given {
		list, _ := value.([]string)
		if strings.Contains(name, "@#") || slices.ContainsFunc(list, func(room string) bool { return strings.HasPrefix(room, "#") }) {
			return true
		}
	}
	return false
}

func (t *turn) resolveAndDo(ctx context.Context, c *call, w wished, do func(*turn, *call, wished) error) {
	given, err := t.resolveRooms(ctx, t.conn, w.space, w.book, w.given)
	if err == nil {
		w.given = given
		err = t.Engine.turn(ctx, t.conn, t.now, func(t *turn) error { return do(t, c, w) })
	}
	if err != nil {
		t.options.Log.Warn("settings not taken", "playbook", w.book.ID, "err", err)
		late := &turn{Engine: t.Engine, ctx: ctx, conn: t.conn}
		late.answer(c.reply, t.texts.say(c.g, "setting.no_such_room", nil))
		for _, f := range late.after {
			f(ctx)
		}
	}
}

// problemPage says everything that was not understood, and gives an example that would be.
func (t *turn) problemPage(g tongue, book *playbooks.Playbook, problems []problem) []chat.Node {
	p := t.page(g)
	for _, problem := range problems {
		p.say(problem.id, problem.fill)
	}
	p.say("setting.example", holes{"example": t.enableLine(g, book)})
	return p.body
}

// enableLine is how one types it.
func (t *turn) enableLine(g tongue, book *playbooks.Playbook) []chat.Node {
	return t.typed(g, "type.enable", book)
}

// typed is a command about a playbook in one room, as one types it.
func (e *Engine) typed(g tongue, command string, book *playbooks.Playbook) []chat.Node {
	return []chat.Node{chat.Code(e.texts.word(g, command) + " " + book.ID + " " + e.texts.word(g, "type.in_room"))}
}

// strangeRooms warns of rooms in which the bot is not: nothing is heard from them, and nothing can be posted there.
func (t *turn) strangeRooms(w wished, values playbooks.Values) func(context.Context, *page) {
	directory, ok := t.conn.Adapter.(chat.Directory)
	id := "enable.stranger"
	if t.conn.info.Everywhere {
		id = "enable.stranger_hidden"
	}
	return func(ctx context.Context, p *page) {
		if !ok {
			return
		}
		inside, err := directory.Channels(ctx, w.space)
		if err != nil {
			return // nothing is said that is not known
		}
		for _, room := range roomsOf(w.book, values) {
			if !slices.ContainsFunc(inside, func(i chat.ChannelInfo) bool { return i.Channel == room }) {
				p.say(id, holes{"room": {chat.Room{Channel: room}}})
			}
		}
	}
}
