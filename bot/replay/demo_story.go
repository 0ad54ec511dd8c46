package replay

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// plan writes down what people will do by themselves. What they do because the bot spoke stands in answers.
func (d *Demo) plan() {
	for week := range d.o.Weeks {
		for day := range 5 {
			d.chatter(d.day(week, day))
		}
		d.at(d.day(week, 4).Add(18*time.Hour), d.gap)
	}
	d.on(0, 0, 9, 2, "early", "platform", "coffee")
	d.on(0, 0, 11, 15, "visitor", "platform", "monday")
	d.on(0, 1, 10, 5, "asker", "help", "key")
	d.at(d.day(0, 2).Add(d.clock(16, 30)), func() error { return d.adopts("adopter", "share", "adopt") })
	d.at(d.day(0, 3).Add(d.clock(11, 10)), func() error { return d.adopts("visitor", "adopt", "hiring") })
	d.on(0, 4, 11, 40, "joker", "platform", "fonts")
	d.at(d.day(0, 4).Add(d.clock(15, 9)), func() error { return d.replies("second", "joker", "platform", "fonts", "drawer") })
	if d.o.Weeks > 1 {
		d.on(1, 1, 14, 10, "joker", "help", "staging")
		d.at(d.day(1, 1).Add(d.clock(14, 22)), func() error { return d.replies("second", "joker", "help", "staging", "both") })
		d.on(1, 3, 16, 5, "adopter", "platform", "merged")
	}
}

// day gives the midnight before a day of the story.
func (d *Demo) day(week, day int) time.Time { return d.begin.AddDate(0, 0, 7*week+day) }

// clock is a time of day; each seed has its own minutes.
func (d *Demo) clock(hour, minute int) time.Duration {
	t := time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute
	if d.o.Seed == 1 {
		return t
	}
	return t + time.Duration(d.chance.IntN(7))*time.Minute
}

// on plans that somebody says a line of the story.
func (d *Demo) on(week, day, hour, minute int, part, room, line string) {
	d.at(d.day(week, day).Add(d.clock(hour, minute)), func() error { return d.says(part, room, line, line, 0) })
}

// says lets a line be said, shows it, and remembers as beat where it stands.
func (d *Demo) says(part, room, beat, line string, files int) error {
	ev, err := d.stage.Say(d.users[part], d.rooms[room], "", d.say(line), files)
	if err != nil {
		return err
	}
	d.marks[beat] = ev.Message
	d.person(DemoLine{Beat: beat, From: d.users[part], Channel: d.rooms[room], Text: d.say(line)})
	return nil
}

// replies lets a line be said in the thread of another.
func (d *Demo) replies(part, to, room, under, line string) error {
	if _, err := d.stage.Say(d.users[part], d.rooms[room], d.marks[under], d.say(line), 0); err != nil {
		return err
	}
	d.person(DemoLine{Beat: line, From: d.users[part], Channel: d.rooms[room], Under: d.users[to], Text: d.say(line)})
	return nil
}

// adopts lets somebody do an example of the story their own way: what they give to the bot stands in the room under
// their name.
func (d *Demo) adopts(part, source, line string) error {
	return d.follows(d.users[part], d.rooms["platform"], d.marks[source], line)
}

// follows lets somebody do an example their own way, in a room.
func (d *Demo) follows(who chat.UserID, room chat.ChannelID, source chat.MessageID, line string) error {
	link := "#" + string(room) + "/" + string(source)
	if _, err := d.stage.Command(who, room, d.say(line, "{link}", link)); err != nil {
		return err
	}
	beat := line
	if strings.HasPrefix(line, "later.") {
		beat = "later.adopt"
	}
	d.person(DemoLine{Beat: beat, From: who, Channel: room, Text: "/gofirst " + d.say(line, "{link}", d.link())})
	d.soon(0, func() error { return d.letsStand(who) })
	return nil
}

// letsStand lets somebody press "Post it" under the preview that they were shown last.
func (d *Demo) letsStand(who chat.UserID) error {
	for _, s := range slices.Backward(d.stage.Said()) {
		if s.To == who && s.Answer && len(s.Buttons) > 0 {
			_, err := d.stage.Press(who, s.Channel, s.Message, s.Buttons[0].Value)
			return err
		}
	}
	return nil
}

// thanks lets the asker thank whoever helped, in the first room.
func (d *Demo) thanks() error {
	text := d.say("thanks")
	if _, err := d.stage.Command(d.users["asker"], d.rooms["platform"], text); err != nil {
		return err
	}
	d.person(DemoLine{Beat: "thanks", From: d.users["asker"], Channel: d.rooms["platform"], Text: "/gofirst " + text})
	return nil
}

func (d *Demo) link() string {
	if d.o.Language == "fr" {
		return "⟨lien⟩"
	}
	return "⟨link⟩"
}

// chain follows the first example from one person to the next.
func (d *Demo) chain(ctx context.Context) (names []string, err error) {
	err = d.store.View(ctx, func(tx *store.Tx) error {
		place, _, err := tx.FindPlace(stageConn, d.rooms["platform"])
		if err != nil {
			return err
		}
		a, ok, err := tx.ActByMessage(place.ID, d.marks["share"])
		for ok && err == nil {
			names = append(names, d.called(d.ids[a.Author]))
			var next []store.Act
			if next, err = tx.Adoptions(a.ID); len(next) == 0 {
				break
			}
			a = next[0]
		}
		return err
	})
	return names, err
}
