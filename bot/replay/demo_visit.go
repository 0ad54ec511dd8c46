package replay

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/chat"
)

// closing ends the story and offers the visitor a chair.
func (d *Demo) closing(ctx context.Context) error {
	names, err := d.chain(ctx)
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	weeks := d.weeks()
	capital := strings.ToUpper(weeks[:1]) + weeks[1:]
	d.remark("count", "count", "{Weeks}", capital, "{people}", strconv.Itoa(d.tally.people), "{bot}", strconv.Itoa(d.tally.bot),
		"{quiet}", strconv.Itoa(d.silence.count()))
	if len(names) > 1 {
		n := strconv.Itoa(len(names))
		if len(names) == 3 {
			n = d.say("three")
		}
		d.remark("chain", "chain", "{chain}", strings.Join(names, " → "), "{n}", n, "{Weeks}", capital)
	}
	d.remark("you", "you", "{when}", d.when(d.Now()))
	d.remark("try", "try")
	d.visited = true
	return nil
}

// Visitor is the person as whom the visitor sits in the chat once the story is told, and the room.
func (d *Demo) Visitor() (chat.UserID, chat.ChannelID) { return d.users["visitor"], d.rooms["help"] }

// Take goes on after something that the visitor did; each deed takes a minute. Remarks go to Show.
func (d *Demo) Take(ctx context.Context) error {
	d.listen(ctx)
	d.stop = false
	err := d.until(ctx, d.Now().Add(time.Minute))
	d.stop = false
	return err
}

// Skip lets time pass. Where the bot turns to the visitor meanwhile, it stops there, so that they can answer.
func (d *Demo) Skip(ctx context.Context, span time.Duration) error {
	d.stop = false
	if err := d.until(ctx, d.Now().Add(span)); err != nil {
		return err
	}
	id := "arrives"
	if d.stop {
		id = "stops"
	}
	d.stop = false
	d.remark("time", id, "{when}", d.when(d.Now()))
	return nil
}

// besideVisitor says what the bot does about the visitor that they could not see.
func (d *Demo) besideVisitor(tr bot.Trace) {
	me := d.users["visitor"]
	switch {
	case tr.Step == bot.Said && tr.Person == me:
		d.stop = true
	case tr.Author != me:
	case tr.Step == bot.Said && tr.Person != "":
		d.hush("quiet.asks", "{who}", d.called(tr.Person))
	case tr.Step == bot.Heard && tr.Reason == chat.NotAQuestion:
		d.hush("quiet.chat")
	case tr.Step == bot.Heard && tr.Subject != "":
		d.hush("quiet.waits")
	case tr.Step == bot.Held && (tr.Reason == chat.DailyBudget || tr.Reason == chat.WeeklyBudget):
		d.hush("quiet.budget")
	case (tr.Step == bot.Held || tr.Step == bot.Dropped) && (tr.Reason == chat.Paused || tr.Reason == chat.Stopped):
		d.hush("quiet.paused")
	}
}
