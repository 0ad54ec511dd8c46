package bot

import (
	"context"
	"slices"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/playbooks"
)

// submittedSettings shows what was filled in as an offer; false where the form is another.
func (t *turn) submittedSettings(c *call, state string, values map[string]string) (bool, error) {
	book, space, ok := t.readSettingsState(c.user, state)
	if !ok {
		return false, nil
	}
	if !t.isSteward(c.user) {
		return true, t.tellBack(c, "stewards.only", nil)
	}
	in, _, err := t.instanceFor(space, book)
	if err != nil {
		return true, err
	}
	f := filledSettings{turn: t, c: c, in: in, space: space, values: values, given: map[string]any{}}
	f.read()
	if len(f.problems) > 0 {
		t.answer(c.reply, f.problemPage())
		return true, nil
	}
	w := wished{book: book, given: f.given, space: space, only: true}
	see := t.sightOf(c)
	t.onStored(func(ctx context.Context) {
		f.keepHidden(ctx, see)
		t.resolveAndDo(ctx, c, w, (*turn).wish)
	})
	return true, nil
}

// filledSettings is a form about settings as it came back.
type filledSettings struct {
	*turn
	c        *call
	in       *playbooks.Instance
	space    chat.SpaceID
	values   map[string]string
	given    map[string]any
	problems []problem
}

func (f *filledSettings) read() {
	for i := range f.in.Playbook.Settings {
		s := &f.in.Playbook.Settings[i]
		said, there := f.values[s.Name]
		said = strings.TrimSpace(said)
		_, locked := f.fixed(f.space, f.in.Playbook)[s.Name]
		if !there || locked || said == inWords(f.valueWords(f.c.g, f.in.Settings[s.Name])) {
			continue
		}
		switch _, err := s.Value(said); {
		case said == "" && s.Type == "channels": // no room at all is said by turning it off
		case s.Type == "channels":
			f.given[s.Name] = f.rooms(said)
		case said == "" && f.in.Settings[s.Name] == nil:
		case err != nil:
			f.problems = append(f.problems, problem{"setting.wants." + s.Type, holes{
				"name": {chat.Code(s.Name)}, "word": {chat.Code(said)}, "names": codes(s.Of),
			}})
		default:
			f.given[s.Name] = said
		}
	}
}

// rooms reads names of rooms: those in which it is on are known, the others are looked up.
func (f *filledSettings) rooms(said string) []string {
	known := map[string]string{}
	for _, room := range roomsOf(f.in.Playbook, f.in.Settings) {
		known[f.conn.called(room)] = string(room)
	}
	out := []string{}
	for _, name := range strings.Fields(strings.ReplaceAll(said, ",", " ")) {
		name = strings.TrimPrefix(name, "#")
		room := "#" + name
		if known[name] != "" {
			room = known[name]
		}
		if !slices.Contains(out, room) {
			out = append(out, room)
		}
	}
	return out
}

// keepHidden keeps the rooms that did not stand in the form, because they are not for the steward to see.
func (f *filledSettings) keepHidden(ctx context.Context, see *sight) {
	for name, value := range f.given {
		list, ok := value.([]string)
		if !ok {
			continue
		}
		for _, room := range f.in.Settings.Channels(name) {
			if !see.sees(ctx, chat.ChannelID(room)) && !slices.Contains(list, room) {
				list = append(list, room)
			}
		}
		f.given[name] = list
	}
}

// problemPage says which field was not understood, and keeps what was typed in the command that would say the same.
func (f *filledSettings) problemPage() []chat.Node {
	p := f.page(f.c.g)
	for _, problem := range f.problems {
		p.say(problem.id, problem.fill)
	}
	line := f.texts.word(f.c.g, "type.set") + " " + f.in.Playbook.ID
	for _, s := range f.in.Playbook.Settings {
		if said := strings.Join(strings.Fields(f.values[s.Name]), " "); said != "" {
			line += " " + s.Name + " " + said
		}
	}
	p.say("setting.typed", holes{"command": {chat.Code(line)}})
	return p.body
}
