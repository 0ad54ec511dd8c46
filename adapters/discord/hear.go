package discord

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/gofirst/gofirst/bot/chat"
)

// hear takes one event of the gateway. It is called in the order of a shard and returns soon.
func (r *runner) hear(kind string, body json.RawMessage, number string) {
	var err error
	switch kind {
	case "MESSAGE_CREATE", "MESSAGE_UPDATE":
		err = decode(body, func(m wireMessage) {
			r.in(m.Channel, m.Guild, func(c room) { r.hearMessage(kind, m, c) })
		})
	case "MESSAGE_DELETE", "MESSAGE_DELETE_BULK":
		err = r.hearDeleted(body)
	case "MESSAGE_REACTION_ADD", "MESSAGE_REACTION_REMOVE":
		err = decode(body, func(x wireReaction) { r.hearReaction(kind, x, number) })
	case "GUILD_MEMBER_ADD", "GUILD_MEMBER_REMOVE":
		err = r.hearMember(kind, body, number)
	case "INTERACTION_CREATE":
		err = r.a.interact(body)
	default:
		err = r.hearRooms(kind, body)
	}
	if err != nil {
		r.a.cfg.Log.Warn("an event of the gateway cannot be read", "kind", kind)
	}
}

func decode[T any](body json.RawMessage, use func(T)) error {
	var v T
	if err := json.Unmarshal(body, &v); err != nil {
		return err
	}
	use(v)
	return nil
}

func (r *runner) laneOf(c room) *lane {
	if c.thread() {
		return r.lane(c.parent, false)
	}
	return r.lane(c.id, c.direct())
}

func (r *runner) hearMessage(kind string, m wireMessage, c room) {
	l := r.laneOf(c)
	if kind == "MESSAGE_UPDATE" {
		l.push(item{make: func(context.Context) chat.Event {
			if e, ok := r.a.edited(m, c); ok {
				return e
			}
			return nil
		}})
		return
	}
	r.push(l, c, m)
}

// push lets a lane hand on a new message.
func (r *runner) push(l *lane, c room, m wireMessage) {
	n := snowflake(m.ID)
	if l.direct {
		r.mu.Lock()
		r.talks[n] = true
		r.mu.Unlock()
	}
	l.push(item{message: n, make: func(ctx context.Context) chat.Event {
		if again, _ := r.recovered.get(n); again {
			return nil
		}
		return r.a.posted(ctx, m, c)
	}})
}

func (r *runner) hearDeleted(body json.RawMessage) error {
	return decode(body, func(d struct {
		ID      string   `json:"id"`
		IDs     []string `json:"ids"`
		Channel string   `json:"channel_id"`
		Guild   string   `json:"guild_id"`
	}) {
		if d.ID != "" {
			d.IDs = append(d.IDs, d.ID)
		}
		now := r.a.cfg.Now()
		r.in(d.Channel, d.Guild, func(c room) {
			for _, id := range d.IDs {
				r.laneOf(c).push(item{make: func(context.Context) chat.Event { return r.a.deleted(id, c, now) }})
			}
		})
	})
}

func (r *runner) hearReaction(kind string, x wireReaction, number string) {
	now := r.a.cfg.Now()
	r.in(x.Channel, x.Guild, func(c room) {
		r.laneOf(c).push(item{make: func(context.Context) chat.Event {
			return r.a.reaction(x, c, kind == "MESSAGE_REACTION_ADD", number, now)
		}})
	})
}

func (r *runner) hearMember(kind string, body json.RawMessage, number string) error {
	now := r.a.cfg.Now()
	return decode(body, func(m struct {
		wireMember
		Guild string `json:"guild_id"`
	}) {
		r.lane("guild "+m.Guild, false).push(item{make: func(context.Context) chat.Event {
			if kind == "GUILD_MEMBER_ADD" {
				return r.a.joined(m.Guild, m.wireMember)
			}
			return r.a.left(m.Guild, m.User, number, now)
		}})
	})
}

// hearRooms keeps what is known of channels, threads and guilds.
func (r *runner) hearRooms(kind string, body json.RawMessage) error {
	switch kind {
	case "CHANNEL_CREATE", "CHANNEL_UPDATE", "THREAD_CREATE", "THREAD_UPDATE":
		return decode(body, func(c wireChannel) { r.a.learnRoom(c) })
	case "CHANNEL_DELETE", "THREAD_DELETE":
		return decode(body, func(c wireChannel) { r.a.rooms.put(c.ID, room{id: c.ID, none: true}) })
	case "THREAD_LIST_SYNC":
		return decode(body, func(sync struct {
			Guild   string        `json:"guild_id"`
			Threads []wireChannel `json:"threads"`
		}) {
			r.a.learnRooms(sync.Guild, sync.Threads)
		})
	case "GUILD_CREATE":
		return decode(body, func(g wireGuild) {
			r.a.learnRooms(g.ID, append(g.Channels, g.Threads...))
			if !r.enter(g.ID) {
				return
			}
			if g.Joined.Before(r.began) { // READY did not name it, and yet the bot was there
				r.missed(g.ID)
			}
			if !g.Unavailable {
				me := wireMember{User: wireUser{ID: r.a.me(), Bot: true}, Joined: g.Joined}
				r.lane("guild "+g.ID, false).push(item{make: func(context.Context) chat.Event { return r.a.joined(g.ID, me) }})
			}
		})
	case "GUILD_DELETE":
		return decode(body, func(g wireGuild) {
			if g.Unavailable {
				return
			}
			r.leave(g.ID)
			now := r.a.cfg.Now()
			r.lane("guild "+g.ID, false).push(item{make: func(context.Context) chat.Event {
				return r.a.left(g.ID, wireUser{ID: r.a.me(), Bot: true}, fmt.Sprint(now.UnixMicro()), now)
			}})
		})
	}
	return nil
}

// greet takes the guilds of a shard that has just been greeted, and reads what was missed in them.
func (r *runner) greet(guilds []string) {
	for _, g := range guilds {
		r.enter(g)
		r.missed(g)
	}
}

// missed lets what was missed in a guild be read.
func (r *runner) missed(guild string) {
	if r.base != 0 {
		r.spawn(func() { r.catchUp(guild) })
	}
}

// enter notes that the bot is in a guild, and says whether that is new.
func (r *runner) enter(guild string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	was := r.guilds[guild]
	r.guilds[guild] = true
	return !was
}

func (r *runner) leave(guild string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.guilds, guild)
}
