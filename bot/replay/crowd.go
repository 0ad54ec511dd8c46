package replay

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// crowd counts who wrote how much where, of late. From it come the leaders and hosts of a rehearsal that names none:
// not who has a title, but who is followed anyway.
type crowd struct {
	rooms map[chat.ChannelID]*crowded
}

// crowded is one room: the days on which people wrote, one entry a message, oldest first.
type crowded struct {
	top, all map[chat.UserID][]int32
	chosen   map[string][]chat.UserID // by role, as of a day
	day      int32
}

// What makes a leader and a host of a rehearsal: so many messages in the room within [autoWindow], and how many such
// people a room has at most.
const (
	autoShown, autoLeaders = 10, 3 // at the top level
	autoWrote, autoHosts   = 20, 5
)

func newCrowd() *crowd { return &crowd{rooms: map[chat.ChannelID]*crowded{}} }

func dayNumber(t time.Time) int32 { return int32(t.Unix() / 86400) }

func (c *crowd) posted(m chat.MessagePosted) {
	if !m.Actor.Human() || m.System || m.Place.Direct {
		return
	}
	room := c.rooms[m.Place.Channel]
	if room == nil {
		room = &crowded{top: map[chat.UserID][]int32{}, all: map[chat.UserID][]int32{}}
		c.rooms[m.Place.Channel] = room
	}
	day := dayNumber(m.Time)
	room.all[m.Actor.User] = append(room.all[m.Actor.User], day)
	if m.Place.Thread == "" {
		room.top[m.Actor.User] = append(room.top[m.Actor.User], day)
	}
}

// of lists who has a role in a room, by what was written there before a day.
func (c *crowd) of(channel chat.ChannelID, role string, now time.Time) []chat.UserID {
	room := c.rooms[channel]
	if room == nil {
		return nil
	}
	if day := dayNumber(now); room.chosen == nil || room.day != day {
		room.day = day
		room.chosen = map[string][]chat.UserID{
			"leader": loudest(room.top, day, autoShown, autoLeaders), "host": loudest(room.all, day, autoWrote, autoHosts),
		}
	}
	return room.chosen[role]
}

// loudest gives those who wrote at least so often of late, the most first, and drops what is too old to count.
func loudest(days map[chat.UserID][]int32, today int32, least, most int) []chat.UserID {
	counts := map[chat.UserID]int{}
	for user, list := range days {
		old, _ := slices.BinarySearch(list, today-int32(autoWindow/(24*time.Hour)))
		if list = list[old:]; len(list) == 0 {
			delete(days, user)
			continue
		}
		days[user] = list
		if len(list) >= least {
			counts[user] = len(list)
		}
	}
	users := slices.SortedFunc(maps.Keys(counts), func(a, b chat.UserID) int {
		return cmp.Or(counts[b]-counts[a], cmp.Compare(a, b))
	})
	return users[:min(most, len(users))]
}
