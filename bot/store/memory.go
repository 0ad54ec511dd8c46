package store

import "github.com/gofirst/gofirst/bot/chat"

// memory is what the store knows without asking the database, and what it has yet to tell it. It is right
// because SQLite has one writer: this store (begin notices another one). When a turn is undone all of it is
// dropped and read anew. A view has one of its own, as each turn on a shared database would.
type memory struct {
	places    map[placeKey]*place
	placeByID map[PlaceID]*place

	people     map[personKey]*person
	personByID map[PersonID]*person

	open        map[questionKey]Question // nil: not read yet
	openTooMany bool
	settings    map[settingKey]string    // nil: not read yet
	instances   map[instanceKey]Instance // nil: not read yet
	keeps       map[spaceKey]bool        // see KeepsThreads; nil: nothing known

	watches, deliveries nextDue

	queues  // not yet in the database
	later   later
	args    []any
	inserts map[int]string // statements by their number of rows
	rounded int64          // messages before this day have lost their hour; -1: not read yet
}

type (
	placeKey struct {
		conn    string
		channel chat.ChannelID
	}
	personKey struct {
		conn string
		user chat.UserID
	}
	questionKey struct {
		place   PlaceID
		message chat.MessageID
	}
	spaceKey struct {
		conn  string
		space chat.SpaceID
	}
	roomDay struct {
		place PlaceID
		day   int
	}
)

// What is kept at most; beyond that it is dropped and read anew as needed.
const (
	placesInMemory    = 1 << 13
	peopleInMemory    = 1 << 15
	questionsInMemory = 1 << 16
)

func newMemory() *memory {
	return &memory{
		places:     map[placeKey]*place{},
		placeByID:  map[PlaceID]*place{},
		people:     map[personKey]*person{},
		personByID: map[PersonID]*person{},
		inserts:    map[int]string{},
		rounded:    -1,
	}
}

// reset drops everything, told or not.
func (m *memory) reset() {
	args := m.args
	*m = *newMemory()
	m.args = args
}

// trim keeps memory bounded. It is called between transactions, when nothing is waiting to be written.
func (m *memory) trim() {
	if len(m.placeByID) > placesInMemory {
		clear(m.places)
		clear(m.placeByID)
	}
	if len(m.personByID) > peopleInMemory {
		clear(m.people)
		clear(m.personByID)
	}
	if len(m.open) > questionsInMemory {
		m.open, m.openTooMany = nil, false
	}
}
