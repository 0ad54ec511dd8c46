package bot

import (
	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/playbooks"
)

// Described is what a playbook does, in words for readers outside a chat: the same that "playbook show" says in one.
type Described struct {
	Rules         [][]chat.Node // what each rule waits for, what it does, on which condition, how often at most
	Window, After []chat.Node   // of its measure, and of its stop rule
}

// Describe says what a playbook does with these settings. It needs neither a store nor a service.
func Describe(language string, in *playbooks.Instance) (Described, error) {
	x, err := loadTexts()
	if err != nil {
		return Described{}, err
	}
	g := tongue{language: language}
	return Described{
		Rules:  speaker(x).ruleLines(g, in),
		Window: x.wait(g, in.Playbook.Measure.Window), After: x.wait(g, in.Playbook.Stop.After),
	}, nil
}

// speaker says what needs the sentences alone: no store, no connection.
func speaker(x *texts) *turn { return &turn{Engine: &Engine{texts: x}} }

// RoleNamed gives a role's name in a language.
func RoleNamed(language, role string) (string, error) {
	x, err := loadTexts()
	if err != nil {
		return "", err
	}
	return speaker(x).roleWord(tongue{language: language}, role), nil
}

// HoursNamed gives the hours of a week in a language.
func HoursNamed(language string, week calendar.Timetable) (string, error) {
	x, err := loadTexts()
	if err != nil {
		return "", err
	}
	return speaker(x).hoursWords(tongue{language: language}, week), nil
}

// Limits are what holds for all playbooks together.
type Limits struct {
	ADay, AWeek int // private messages to one person that nobody asked for, in 24 hours and in 7 days
	PostsADay   int // at the top level of one room, in 24 hours
	Answer      int // minutes in which a message passes as the answer to what its recipient did, and counts towards no limit
	Notice      int // working days in which nothing starts in a new room
	Floor       int // the fewest questions behind a figure about a room
}

// CommonLimits gives those by which attention decides.
func CommonLimits() Limits {
	return Limits{ADay: nudgesPerDay, AWeek: nudgesPerWeek, PostsADay: postsPerDay, Answer: int(answering.Minutes()), Notice: noticePeriod, Floor: floor}
}
