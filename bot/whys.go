package bot

import (
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// whyParts are what somebody may tell of an example of theirs: the motive, the path with what it took, and what there
// is in it for whoever does the same. The first is the why that digests repeat.
func whyParts() []string { return []string{"motive", "path", "gain"} }

// whyCut parts them in the words of the act.
const whyCut = "\n"

// whyFields are three short questions, of which one answer is enough.
func (t *turn) whyFields(g tongue) []chat.Field {
	var fields []chat.Field
	for i, part := range whyParts() {
		fields = append(fields, chat.Field{
			Name: part, Label: t.texts.word(g, "form.why."+part), Long: true, Max: mostWhy, Optional: i > 0,
		})
	}
	return fields
}

func fillWhy(fields []chat.Field, words string) {
	for i, part := range strings.SplitN(words, whyCut, len(fields)) {
		fields[i].Value = part
	}
}

// takeWhy shows the author how their answers would stand under their example.
func (t *turn) takeWhy(c *call, a asking, values map[string]string) error {
	var told []string
	for _, part := range whyParts() {
		told = append(told, strings.Join(strings.Fields(values[part]), " "))
	}
	if told[0] == "" {
		return t.tellBack(c, "form.empty", nil)
	}
	source, ok, err := t.tx.ActByMessage(a.source.place.ID, a.source.message)
	if err != nil {
		return err
	}
	if !ok || source.Author != c.who.ID {
		return t.tellBack(c, "form.unknown", nil)
	}
	return t.preview(c, a.room, store.Act{
		Kind: actWhy, Practice: source.Practice, Words: strings.TrimRight(strings.Join(told, whyCut), whyCut), Source: source.ID,
		Audience: audiencePublic, Declared: true,
	})
}

// toldWhy keeps the motive with the example, so that digests can repeat it.
func (t *turn) toldWhy(a store.Act) error {
	source, ok, err := t.tx.Act(a.Source)
	if err != nil || !ok || !source.Undone.IsZero() {
		return err
	}
	source.Why, _, _ = strings.Cut(a.Words, whyCut)
	return t.tx.SetAct(source)
}

// forgetWhys takes back what was told of an example that is taken back; of a why, what the example keeps of it.
func (t *turn) forgetWhys(place store.Place, a store.Act) error {
	if a.Kind == actWhy {
		return t.toldWhy(store.Act{Source: a.Source})
	}
	whys, err := t.tx.ActsAbout(a.ID, actWhy)
	for _, why := range whys {
		if err := t.undoAct(why.ID); err != nil {
			return err
		}
		if why.Message != "" {
			t.removeCard(place, why.Message)
		}
	}
	return err
}

// threadOf is where the card of a why stands: under its example.
func (t *turn) threadOf(source int64) chat.MessageID {
	a, ok, err := t.tx.Act(source)
	if err != nil || !ok {
		return ""
	}
	return a.Message
}
