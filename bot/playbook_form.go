package bot

import (
	"context"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/playbooks"
)

// formFields is how many questions a form may have on every service.
const formFields = 5

// Words by which a form and a button about settings are known.
const (
	formSettings   = "set"
	choiceSettings = "settings"
	settingsKey    = "set-" // and the playbook: in the button's value, where others have the key of a delivery
)

// setPlaybook sets a playbook as the words say; without words it asks by a form.
func (t *turn) setPlaybook(c *call, space chat.SpaceID) error {
	if !t.isSteward(c.user) {
		return t.tellBack(c, "stewards.only", nil)
	}
	book, err := t.bookToChange(c)
	if err != nil || book == nil {
		return err
	}
	if len(t.behindName(c, book)) > 0 {
		return t.withWish(c, book, space, (*turn).wish)
	}
	return t.openSettings(c, book, space)
}

// pressedSettings opens the form from a button; false where the button is another.
func (t *turn) pressedSettings(ev chat.ButtonPressed, key string) (bool, error) {
	id, ok := strings.CutPrefix(key, settingsKey)
	book := t.books[id]
	if !ok || book == nil {
		return false, nil
	}
	c, err := t.callBy(ev.Header, ev.Reply, ev.Trigger)
	if err != nil {
		return true, err
	}
	if !t.isSteward(c.user) {
		return true, t.tellBack(c, "stewards.only", nil)
	}
	return true, inSpace(func(t *turn, c *call, space chat.SpaceID) error { return t.openSettings(c, book, space) })(t, c)
}

// openSettings opens the form with what holds now. Rooms that the steward cannot read do not stand in it, and stay.
func (t *turn) openSettings(c *call, book *playbooks.Playbook, space chat.SpaceID) error {
	in, _, err := t.instanceFor(space, book)
	if err != nil {
		return err
	}
	form := chat.Form{
		Title: book.ID, Submit: t.texts.word(c.g, "form.preview"), State: t.settingsState(c.user, book, space),
		Fields: t.settingFields(c.g, in, space),
	}
	instead := t.texts.say(c.g, "how.settings", holes{"example": {chat.Code(t.setLine(c.g, book, in.Settings))}})
	if len(form.Fields) == 0 {
		return t.tellBack(c, "setting.all_locked", nil)
	}
	see, conn := t.sightOf(c), t.conn
	t.onStored(func(ctx context.Context) {
		for i, f := range form.Fields {
			if s := book.Setting(f.Name); s != nil && s.Type == "channels" {
				form.Fields[i].Value = roomNamesFor(ctx, conn, see, in.Settings.Channels(f.Name))
			}
		}
		late := &turn{Engine: t.Engine, ctx: ctx, conn: conn}
		late.open(c.reply, c.trigger, form, instead)
		for _, f := range late.after {
			f(ctx)
		}
	})
	return nil
}

// settingFields asks for the settings that commands may change.
func (t *turn) settingFields(g tongue, in *playbooks.Instance, space chat.SpaceID) []chat.Field {
	var out []chat.Field
	for _, s := range in.Playbook.Settings {
		if _, locked := t.fixed(space, in.Playbook)[s.Name]; locked || len(out) == formFields {
			continue
		}
		f := chat.Field{Name: s.Name, Label: s.Name, Hint: about(g, s.About), Value: inWords(t.valueWords(g, in.Settings[s.Name]))}
		switch {
		case s.Type == "choice":
			f.Choices = choicesOf(s.Of)
		case s.Type == "role":
			f.Choices = choicesOf(playbooks.Roles)
		case in.Settings[s.Name] == nil:
			f.Value, f.Optional = "", true
		case s.Type == "channels":
			f.Optional = true
		}
		out = append(out, f)
	}
	return out
}

func choicesOf(values []string) (out []chat.Choice) {
	for _, v := range values {
		out = append(out, chat.Choice{Value: v, Label: v})
	}
	return out
}

// roomNamesFor lists the rooms that a person can read, by name.
func roomNamesFor(ctx context.Context, c *Connection, see *sight, rooms []string) string {
	var names []string
	for _, room := range rooms {
		if id := chat.ChannelID(room); see.sees(ctx, id) {
			names = append(names, "#"+c.called(id))
		}
	}
	return strings.Join(names, " ")
}

// setLine is the command that would set what holds now, but for the rooms.
func (t *turn) setLine(g tongue, book *playbooks.Playbook, values playbooks.Values) string {
	line := t.texts.word(g, "type.set") + " " + book.ID
	for _, s := range book.Settings {
		if s.Type != "channels" && values[s.Name] != nil {
			line += " " + s.Name + " " + inWords(t.valueWords(g, values[s.Name]))
		}
	}
	return line
}

func (t *turn) settingsState(user chat.UserID, book *playbooks.Playbook, space chat.SpaceID) string {
	state := strings.Join([]string{formSettings, book.ID, string(space)}, "|")
	return t.formMAC(user, state) + "|" + state
}

// readSettingsState gives back whose settings a form is about, if this bot opened it for this person.
func (t *turn) readSettingsState(user chat.UserID, text string) (*playbooks.Playbook, chat.SpaceID, bool) {
	mac, state, _ := strings.Cut(text, "|")
	parts := strings.SplitN(state, "|", 3)
	key := t.store.Key()
	if len(parts) != 3 || parts[0] != formSettings ||
		!key.CheckButton("form "+state, key.DeliveryKey("form", t.conn.Name, string(user)), mac) {
		return nil, "", false
	}
	book := t.books[parts[1]]
	return book, chat.SpaceID(parts[2]), book != nil
}
