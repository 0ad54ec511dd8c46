package discord

import (
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/gofirst/gofirst/bot/chat"
)

// in lets an event be used as soon as it is known what its channel is. Where that has to be asked for, whoever reads the
// gateway does not wait: the answers to its heartbeats come the same way. The events of one channel stay in order.
func (r *runner) in(channel, guild string, use func(room)) {
	r.mu.Lock()
	waiting, asked := r.asked[channel]
	if !asked {
		if c, ok := r.known(channel, guild); ok {
			r.mu.Unlock()
			use(c)
			return
		}
	}
	full := len(waiting) >= laneLimit
	if !full {
		r.asked[channel] = append(waiting, use)
	}
	r.mu.Unlock()
	switch {
	case full:
		r.a.count(chat.Gaps)
	case !asked:
		r.spawn(func() { r.ask(channel, guild) })
	}
}

// unknownFor is how long a channel that could not be asked for is not asked for again.
const unknownFor = time.Minute

// known gives a channel without asking. What cannot be asked for is taken for a channel without threads.
func (r *runner) known(channel, guild string) (room, bool) {
	if c, ok := r.a.rooms.get(channel); ok && !c.none {
		return c, true
	}
	if guild == "" {
		direct := room{id: channel, kind: discordgo.ChannelTypeDM}
		r.a.rooms.put(channel, direct)
		return direct, true
	}
	failed, ok := r.unknown.get(channel)
	return room{id: channel, guild: guild}, ok && r.a.cfg.Now().Sub(failed) < unknownFor
}

// ask finds out what a channel is, and lets the events that wait for it be used.
func (r *runner) ask(channel, guild string) {
	c, err := r.a.room(r.ctx, "event", channel)
	if err != nil {
		c = room{id: channel, guild: guild}
		r.unknown.put(channel, r.a.cfg.Now())
	}
	for {
		r.mu.Lock()
		waiting := r.asked[channel]
		if len(waiting) == 0 {
			delete(r.asked, channel)
		} else {
			r.asked[channel] = []func(room){}
		}
		r.mu.Unlock()
		if len(waiting) == 0 {
			return
		}
		for _, use := range waiting {
			use(c)
		}
	}
}
