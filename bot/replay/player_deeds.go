package replay

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

// What people do, one type for each kind of line.
type (
	says struct {
		who, in, text string
		files         int
	} // in "": to the bot alone
	replies struct {
		who, to, text string
		files         int
	}
	commands struct{ who, in, text string } // in "": in the conversation with the bot
	presses  struct{ who, choice string }
	submits  struct {
		who    string
		values map[string]string
	}
	reacts struct {
		who, emoji, to string
		present        bool
	}
	edits   struct{ who, text string }
	deletes struct{ who string }
	moves   struct {
		who, in string // who "": the bot
		enter   bool
	}
	chooses struct{ who, action, on string }
)

func (d says) play(p *player) error {
	in := p.rooms[d.in]
	if d.in == "" {
		in = p.stage.DM(p.users[d.who])
	}
	text, err := p.linked(d.text)
	if err != nil {
		return err
	}
	m, err := p.stage.Say(p.users[d.who], in, "", text, d.files)
	if d.in != "" {
		p.newest[p.users[d.who]] = spot{in, m.Message}
	}
	return p.done(err)
}

func (d replies) play(p *player) error {
	to, err := p.newestOf(d.to)
	if err != nil {
		return err
	}
	m, err := p.stage.Say(p.users[d.who], to.channel, to.message, d.text, d.files)
	p.newest[p.users[d.who]] = spot{to.channel, m.Message}
	return p.done(err)
}

func (d commands) play(p *player) error {
	in := p.rooms[d.in]
	if d.in == "" {
		in = p.stage.DM(p.users[d.who])
	}
	text, err := p.linked(d.text)
	if err != nil {
		return err
	}
	_, err = p.stage.Command(p.users[d.who], in, text)
	return p.done(err)
}

// play presses the newest such button that the person can see.
func (d presses) play(p *player) error {
	who := p.users[d.who]
	said := p.stage.Said()
	for i := len(said) - 1; i >= 0; i-- {
		if said[i].To != "" && said[i].To != who {
			continue
		}
		for _, b := range said[i].Buttons {
			if choiceOf(b) == d.choice {
				_, err := p.stage.Press(who, said[i].Channel, said[i].Message, b.Value)
				return p.done(err)
			}
		}
	}
	return p.fail(fmt.Sprintf("nothing that %s can see has a button [%s]", d.who, d.choice), said...)
}

// choiceOf is the name by which a playbook knows a button: its value is "key.choice.mac".
func choiceOf(b chat.Button) string {
	if parts := strings.Split(b.Value, "."); len(parts) == 3 {
		return parts[1]
	}
	return b.Value
}

func (d submits) play(p *player) error {
	said := p.stage.Said()
	for i := len(said) - 1; i >= 0; i-- {
		if said[i].Form && said[i].To == p.users[d.who] {
			_, err := p.stage.Submit(p.users[d.who], said[i].Reply, d.values)
			return p.done(err)
		}
	}
	return p.fail(fmt.Sprintf("no form was opened for %s", d.who), said...)
}

func (d reacts) play(p *player) error {
	to, err := p.newestOf(d.to)
	if err != nil {
		return err
	}
	_, err = p.stage.React(p.users[d.who], to.channel, to.message, d.emoji, d.present)
	return p.done(err)
}

func (d edits) play(p *player) error {
	m, err := p.newestOf(d.who)
	if err != nil {
		return err
	}
	_, err = p.stage.Edit(p.users[d.who], m.channel, m.message, d.text)
	return p.done(err)
}

func (d deletes) play(p *player) error {
	m, err := p.newestOf(d.who)
	if err != nil {
		return err
	}
	_, err = p.stage.Delete(p.users[d.who], m.channel, m.message)
	return p.done(err)
}

func (d moves) play(p *player) error {
	who := p.users[d.who]
	if d.who == "" {
		who = p.stage.Self()
	}
	if d.enter {
		_, err := p.stage.Join(who, p.rooms[d.in])
		return p.done(err)
	}
	_, err := p.stage.Leave(who, p.rooms[d.in])
	return p.done(err)
}

func (d chooses) play(p *player) error {
	m, err := p.newestOf(d.on)
	if err != nil {
		return err
	}
	_, err = p.stage.Act(p.users[d.who], d.action, m.channel, m.message)
	return p.done(err)
}

// done lets the engine hear what a person did; what the chat did not let them do is a failure of the transcript.
func (p *player) done(err error) error {
	if err != nil {
		return p.fail("this cannot be done: " + strings.TrimPrefix(err.Error(), "local: "))
	}
	return p.listen()
}

// newestOf finds what somebody, or the bot, last wrote in a room.
func (p *player) newestOf(who string) (spot, error) {
	if who != "bot" {
		if s, ok := p.newest[p.users[who]]; ok {
			return s, nil
		}
		return spot{}, p.fail(who + " has written in no room yet")
	}
	said := p.stage.Said()
	for i := len(said) - 1; i >= 0; i-- {
		if said[i].To == "" {
			return spot{said[i].Channel, said[i].Message}, nil
		}
	}
	return spot{}, p.fail("the bot has written in no room yet")
}

var pointer = regexp.MustCompile(`<([^<>\s]+)>`)

// linked replaces <tom> by a link to what tom last wrote in a room, as people type it.
func (p *player) linked(text string) (string, error) {
	var failed error
	text = pointer.ReplaceAllStringFunc(text, func(found string) string {
		who := strings.Trim(found, "<>")
		if _, known := p.users[who]; !known && who != "bot" {
			return found
		}
		s, err := p.newestOf(who)
		if err != nil {
			failed = err
		}
		return p.roomNamed(s.channel) + "/" + string(s.message)
	})
	return text, failed
}
