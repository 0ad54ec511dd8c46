package bot

import (
	"slices"
	"sync"
	"time"

	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// rooms holds in memory what only speeds things up or can be learned again: it may be lost at any time.
type rooms struct {
	mu    sync.Mutex
	known map[store.PlaceID]*room
	homes map[store.PersonID]home
}

// home is the room in which somebody was found to write most, and when that was looked up.
type home struct {
	place store.PlaceID
	at    time.Time
}

// homesMost is of how many people it is remembered.
const homesMost = 4096

type room struct {
	week      calendar.Week // the last ISO week in which a person was seen writing here
	top       float64       // messages of people at the top level, of late
	inThreads float64       // their replies in threads, of late
	questions []recent      // the latest ones, oldest first
	tops      []utterance   // the latest messages of people at the top level, oldest first
}

// utterance is that somebody wrote at the top level, and when.
type utterance struct {
	author  store.PersonID
	message chat.MessageID
	at      time.Time
}

// utterancesMost is how many such messages of a room are remembered.
const utterancesMost = 8

// spoke notes a message at the top level, and gives those before it, oldest first.
func (r *rooms) spoke(place store.PlaceID, s utterance) (before []utterance) {
	r.mu.Lock()
	defer r.mu.Unlock()
	room := r.of(place)
	before = slices.Clone(room.tops)
	if len(room.tops) == utterancesMost {
		room.tops = room.tops[1:]
	}
	room.tops = append(room.tops, s)
	return before
}

type recent struct {
	message chat.MessageID
	at      time.Time
}

// recentMost is how many questions of a room are remembered as recent.
const recentMost = 16

func newRooms() *rooms {
	return &rooms{known: map[store.PlaceID]*room{}, homes: map[store.PersonID]home{}}
}

func (r *rooms) of(place store.PlaceID) *room {
	if r.known[place] == nil {
		r.known[place] = &room{}
	}
	return r.known[place]
}

// homeOf gives the room in which a person writes most, as of the last day.
func (r *rooms) homeOf(id store.PersonID, now time.Time) (store.PlaceID, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	h, ok := r.homes[id]
	return h.place, ok && now.Sub(h.at) < day
}

func (r *rooms) atHome(id store.PersonID, place store.PlaceID, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.homes) >= homesMost {
		clear(r.homes)
	}
	r.homes[id] = home{place, now}
}

// wrote notes that a person wrote, and reports whether it is the first time in that ISO week that is known of.
func (r *rooms) wrote(place store.PlaceID, week calendar.Week, inThread bool) (first bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	room := r.of(place)
	first = room.week != week
	room.week = week
	room.top, room.inThreads = room.top*fading, room.inThreads*fading
	if inThread {
		room.inThreads++
	} else {
		room.top++
	}
	return first
}

// fading makes what was written count half after about seventy messages.
const fading = 0.99

// threadless reports whether people do not reply in threads here, as far as is known: fewer than one message in
// ten does. There, what is written next to a question may be its answer.
func (r *rooms) threadless(place store.PlaceID) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	room := r.of(place)
	return room.inThreads < 0.1*(room.top+room.inThreads) || room.top+room.inThreads == 0
}

// asked notes a question.
func (r *rooms) asked(place store.PlaceID, message chat.MessageID, at time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	room := r.of(place)
	if len(room.questions) == recentMost {
		room.questions = room.questions[1:]
	}
	room.questions = append(room.questions, recent{message, at})
}

// askedSince lists the questions of a room that were asked at or after a time, oldest first.
func (r *rooms) askedSince(place store.PlaceID, since time.Time) []chat.MessageID {
	r.mu.Lock()
	defer r.mu.Unlock()
	var out []chat.MessageID
	for _, q := range r.of(place).questions {
		if !q.at.Before(since) {
			out = append(out, q.message)
		}
	}
	return out
}
