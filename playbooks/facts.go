package playbooks

// Needs says which facts a rule reads. The engine loads these and no others.
type Needs uint16

// What a rule may need.
const (
	NeedAuthor Needs = 1 << iota
	NeedLeader
	NeedReceiver
	NeedRoom
	NeedQuestion
	NeedAct
	NeedItems
	NeedHome    // where a person writes: their "visiting"
	NeedThanks  // thanks that they gave and got: their "thanked_days" and "celebrated"
	NeedOpen    // the open questions of a room
	NeedLeaders // who has said yes to going first there
	NeedPeople  // the members of the role that it picks from
)

// Has reports whether n holds all of m.
func (n Needs) Has(m Needs) bool { return n&m == m }

// Facts is the situation in which a rule decides: all that a condition can read, by these names.
type Facts struct {
	Author   Person         `expr:"author"`
	Leader   Person         `expr:"leader"`   // the person of the role, on a schedule with "for"
	Receiver Person         `expr:"receiver"` // of thanks
	Room     Room           `expr:"room"`
	Question Question       `expr:"question"`
	Act      Act            `expr:"act"`
	Items    int            `expr:"items"` // what a digest would hold
	Asked    int            `expr:"asked"` // people asked so far about the thing at hand
	Settings map[string]any `expr:"settings"`

	// People are the members of the role that the rule picks from, for [Decide] alone.
	People []Candidate `expr:"-"`
	// Already are the people who were asked about the thing at hand, whatever they said.
	Already []int64 `expr:"-"`
}

// Person is what a condition may know of somebody.
type Person struct {
	ID        int64 `expr:"-"`
	Bot       bool  `expr:"bot"`
	New       bool  `expr:"new"`        // came to the room while the bot was there
	QuietDays int   `expr:"quiet_days"` // days since their last share here; 9999 where none is remembered
	Leader    bool  `expr:"leader"`
	Helper    bool  `expr:"helper"`
	Host      bool  `expr:"host"`
	// ThankedDays are the days since they last thanked somebody by command; 9999 where none is remembered.
	ThankedDays int    `expr:"thanked_days"`
	Visiting    bool   `expr:"visiting"`    // of late they write mostly in another room
	Celebrated  bool   `expr:"celebrated"`  // thanks to them have stood in a room
	Recognition string `expr:"recognition"` // who may see thanks to them: "public", "team", "private", "none"; "" until they choose
}

// Room is what a condition may know of a room. Counts are of the last seven days.
type Room struct {
	Posts    int  `expr:"posts"`    // by people, top level and threads
	Examples int  `expr:"examples"` // shares that were declared
	Busy     bool `expr:"busy"`     // expected to be busy today
	Led      bool `expr:"led"`      // a leader has shared here
	Leaders  bool `expr:"leaders"`  // somebody besides the author has said yes to going first
	Open     int  `expr:"open"`     // questions that nobody has answered or taken
}

// Question is what a condition may know of a question.
type Question struct {
	Open     bool   `expr:"open"`     // no person has answered, its asker has not closed it, nobody took it
	Explicit bool   `expr:"explicit"` // put by a command or marked as open: help was asked for
	Rescue   string `expr:"rescue"`   // what its asker prefers: "ask me", "just ask", "leave mine alone"
	Minutes  int    `expr:"minutes"`  // since it was asked
}

// Act is what a condition may know of an act.
type Act struct {
	Kind     string `expr:"kind"`
	Practice string `expr:"practice"` // of a share: wip, lesson, mistake, heard, thanks
	Declared bool   `expr:"declared"` // by command, form or button, not merely seen
	Why      bool   `expr:"why"`      // its author has told why
	ByLeader bool   `expr:"by_leader"`
	Adopted  bool   `expr:"adopted"` // somebody did it their way; how many is nobody's business
	Public   bool   `expr:"public"`
}

// Candidate is one member of a role, with what choosing needs.
type Candidate struct {
	ID       int64
	Affinity float64 // how well they fit what is at hand; 0 is unknown
	Open     bool    // within their hours
	Free     bool    // not paused, away, stopped or asked too often
	Asks     int     // asks received in the last seven days
}
