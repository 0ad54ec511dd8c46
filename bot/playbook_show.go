package bot

import (
	"strconv"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/playbooks"
)

// showPlaybook: what it is for, what it claims, what could go wrong, its rules in words, its settings.
func (t *turn) showPlaybook(c *call, key chat.SpaceID) error {
	book := t.bookMeant(c)
	if book == nil {
		return t.tellBack(c, "playbook.which", holes{"playbooks": t.bookNames()})
	}
	in, words, err := t.shownInstance(c, key, book)
	if err != nil {
		return err
	}
	p := t.page(c.g)
	p.say("playbook.show", holes{"playbook": {chat.Code(book.ID)}, "state": words, "price": price(book)})
	p.say("playbook.about", holes{"text": text(about(c.g, book.About))})
	p.say("playbook.hypothesis", holes{"text": text(about(c.g, book.Hypothesis))})
	p.say("playbook.harm", holes{"text": text(about(c.g, book.Harm))})
	p.say("playbook.rules", nil)
	p.items(t.ruleLines(c.g, in))
	p.say("playbook.settings", nil)
	p.items(t.settingLines(c.g, key, in))
	if t.isSteward(c.user) && !t.conn.info.Plain {
		p.buttons = t.buttons(c.g, settingsKey+book.ID, []string{choiceSettings})
	}
	t.answerSeen(c, p)
	return nil
}

// shownInstance is the playbook as it is on, or would be, and whether it is in words.
func (t *turn) shownInstance(c *call, key chat.SpaceID, book *playbooks.Playbook) (*playbooks.Instance, []chat.Node, error) {
	in, on, err := t.instanceFor(key, book)
	if err != nil {
		return nil, nil, err
	}
	state := in
	if !on {
		state = nil
	}
	words, err := t.stateWords(c.g, key, state, book)
	return in, words, err
}

// instanceFor is the playbook as it is on in a space; else as it would be, with what is stored and locked.
func (t *turn) instanceFor(space chat.SpaceID, book *playbooks.Playbook) (*playbooks.Instance, bool, error) {
	row, _, err := t.tx.Instance(t.conn.Name, space, book.ID)
	if err != nil {
		return nil, false, err
	}
	in, err := t.instance(space, book, row.Settings)
	if err != nil {
		in, err = t.instance(space, book, "")
	}
	return in, row.Enabled, err
}

func (t *turn) ruleLines(g tongue, in *playbooks.Instance) (lines [][]chat.Node) {
	for _, r := range in.Playbook.Rules {
		b := playbooks.Bound{Instance: in, Rule: r}
		line := t.texts.say(g, "rule.line", holes{
			"rule": text(r.Name), "trigger": t.triggerWords(g, b), "action": t.actionWords(g, b),
		})
		if r.If != nil {
			line = append(line, t.texts.say(g, "rule.if", holes{"condition": {chat.Code(r.If.Source)}})...)
		}
		if limit := t.limitWords(g, r.AtMost); limit != nil {
			line = append(line, t.texts.say(g, "rule.limit", holes{"limit": limit})...)
		}
		lines = append(lines, line)
	}
	return lines
}

func (t *turn) settingLines(g tongue, space chat.SpaceID, in *playbooks.Instance) (lines [][]chat.Node) {
	for _, s := range in.Playbook.Settings {
		for _, name := range settingNames(in.Settings, s.Name) {
			id := "setting.line"
			if t.locked(space, in.Playbook, name) {
				id = "setting.line_locked"
			}
			lines = append(lines, t.texts.say(g, id, holes{
				"name": settingName(name), "value": t.valueWords(g, in.Settings[name]), "about": text(about(g, s.About)),
			}))
		}
	}
	return lines
}

// settingNames lists a setting and what differs from it in single rooms.
func settingNames(values playbooks.Values, name string) []string {
	names := []string{name}
	for _, key := range sortedKeys(values) {
		if strings.HasPrefix(key, name+"@") {
			names = append(names, key)
		}
	}
	return names
}

func settingName(name string) []chat.Node {
	base, room, per := strings.Cut(name, "@")
	if !per {
		return []chat.Node{chat.Code(base)}
	}
	return []chat.Node{chat.Code(base), chat.Text(" @ "), chat.Room{Channel: chat.ChannelID(room)}}
}

func (t *turn) valueWords(g tongue, value any) []chat.Node {
	var rooms [][]chat.Node
	switch value := value.(type) {
	case nil:
		return t.texts.say(g, "setting.empty", nil)
	case float64:
		return []chat.Node{chat.Code(strconv.FormatFloat(value, 'g', -1, 64))}
	case string:
		return []chat.Node{chat.Code(value)}
	case []string:
		for _, channel := range value {
			rooms = append(rooms, []chat.Node{chat.Room{Channel: chat.ChannelID(channel)}})
		}
	case []any: // as JSON gives it
		for _, channel := range value {
			id, _ := channel.(string)
			rooms = append(rooms, []chat.Node{chat.Room{Channel: chat.ChannelID(id)}})
		}
	}
	return joinNodes(", ", rooms...)
}
