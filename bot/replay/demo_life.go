package replay

import (
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// post says something that is not shown.
func (d *Demo) post(user chat.UserID, room chat.ChannelID, thread chat.MessageID, text string, files int) error {
	_, err := d.stage.Say(user, room, thread, text, files)
	if d.counted && err == nil {
		d.tally.people++
		d.tally.hidden++
	}
	return err
}

// chat plans a line of chatter.
func (d *Demo) chat(at time.Time, user chat.UserID, room chat.ChannelID) {
	text := demoChatter[d.chance.IntN(len(demoChatter))].in(d.o.Language)
	d.at(at, func() error { return d.post(user, room, "", text, 0) })
}

// ask plans a question that somebody else soon answers.
func (d *Demo) ask(at time.Time, which int, room chat.ChannelID, asker, answerer chat.UserID) {
	pair := demoAsked[which%len(demoAsked)]
	wait := time.Duration(3+d.chance.IntN(45)) * time.Minute
	d.at(at, func() error {
		ev, err := d.stage.Say(asker, room, "", pair.question.in(d.o.Language), 0)
		if err != nil {
			return err
		}
		if d.counted {
			d.tally.people++
			d.tally.hidden++
		}
		d.at(at.Add(wait), func() error { return d.post(answerer, room, ev.Message, pair.answer.in(d.o.Language), 0) })
		return nil
	})
}

// chatter plans the talk of one working day: some lines, and two questions that people answer by themselves, in the
// thread, as it is the custom here.
func (d *Demo) chatter(day time.Time) {
	for range 7 + d.chance.IntN(5) {
		room := d.rooms[[]string{"platform", "platform", "help", "support"}[d.chance.IntN(4)]]
		d.chat(day.Add(9*time.Hour+time.Duration(20+d.chance.IntN(500))*time.Minute), d.somebody(), room)
	}
	for _, hour := range []int{9, 13} {
		at := day.Add(time.Duration(hour)*time.Hour + time.Duration(20+d.chance.IntN(40))*time.Minute)
		asker, answerer := d.somebody(), d.somebody()
		for answerer == asker {
			answerer = d.somebody()
		}
		room := "platform"
		if day.Weekday() == time.Monday && hour == 13 {
			room = "help"
		}
		d.ask(at, d.chance.IntN(len(demoAsked)), d.rooms[room], asker, answerer)
	}
}

// somebody is anyone who is there.
func (d *Demo) somebody() chat.UserID {
	for {
		if part := demoCast[d.chance.IntN(len(demoCast))].part; part != "away" {
			return d.users[part]
		}
	}
}
