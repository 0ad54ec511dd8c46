package replay

import (
	"time"

	"github.com/gofirst/gofirst/bot/calendar"
)

// Transcript is a conversation as it should go: what people do, and each word that the bot may say in between.
// [Play] plays it with the real engine and tells the first line that goes otherwise.
//
// A transcript is a text file that reads like a chat. It is the test of a playbook, its documentation, and the
// best form of a bug report:
//
//	# A question that hangs is offered to its asker, then to one helper.
//	people    ana   hal: helper   ida: helper, host
//	rooms     #help
//	playbook  question-rescue
//
//	scene  Nobody answers
//	Mon 09:00  ana → #help   How do I rotate the signing key?
//	Mon 12:59  silence
//	Mon 13:00  bot → @ana    … still open … Shall I quietly ask one person …   [yes] [found] [leave]
//	Mon 13:10  ana presses leave
//	Mon 13:10  bot → @ana (answer)  …
//	Tue 18:00  silence
//
// A line that begins with "#" and a space is a remark. A line that begins with a space goes on with the one before.
//
// # Who and where
//
// These lines come first. Entries on one line are two spaces apart.
//
//	people    ana  hal: helper  kim: fr, vous, Europe/Paris
//	rooms     #help  #platform busy: mon tue  #aide fr
//	playbook  question-rescue  rooms: #help #aide  patience: eager  patience@#aide: patient
//	start     2026-03-02           the first day; a Monday, this one, where nothing is said
//	zone      Europe/Paris         UTC where nothing is said
//	hours     Mon-Thu 08:00-16:00  Mon-Fri 09:00-18:00 where nothing is said
//	language  fr                   en where nothing is said
//	address   vous                 tu where nothing is said
//	way       refusing             how people take it here: happy, refusing, silent, late
//
// After a person's name may stand: roles that they have accepted (leader, helper, host, ambassador, observer, or
// steward), "candidate helper" for one whom the bot will first ask, a language, tu or vous, and a time zone. Everybody
// is in every room, but for those who join one later on.
// "busy: mon tue" gives a room five weeks in which people wrote on those days; before that it has no history. Where a
// playbook says nothing of rooms it is on in all of them; playbooks that are not named are off.
//
// # What people do
//
//	Mon 09:00  ana → #help  How do I rotate the key?     says something in a room
//	Mon 09:00  ana → #help +file  The sketch.            the same with an attachment
//	Mon 09:00  ana → bot  stop                           tells the bot alone
//	Mon 09:05  hal ↳ ana  Use the rotate command.        replies in the thread of ana's newest message
//	Mon 09:05  hal ↳ bot  Use the rotate command.        replies under what the bot last wrote in a room
//	Mon 09:06  ana: /gofirst stop                        gives a command, in the conversation with the bot
//	Mon 09:06  ana in #help: /gofirst thanks @hal for …  gives it in a room
//	Mon 09:06  ana: /gofirst adopt <tom> My way: …       <tom> is a link to tom's newest message, <bot> to the bot's
//	Mon 09:07  ana presses leave                         a button, by the name that stands between [ ]; also: ana [leave]
//	Mon 09:07  ana submits what=A sketch why=It helps    sends the form that the bot opened for her
//	Mon 09:08  ana reacts eyes to hal                    sets a reaction to hal's newest message
//	Mon 09:08  ana takes back eyes from hal              removes it
//	Mon 09:09  ana edits How do I rotate the old key?    changes her newest message
//	Mon 09:09  ana deletes                               removes it
//	Mon 09:10  ana chooses example on tom                takes an action from the menu of tom's newest message
//	Mon 09:11  ana joins #help                           enters a room; so does: ana leaves #help, bot joins #help
//
// A weekday is its next one, today included; "2026-03-17 09:00" names a day outright, and "later 14 days" on a line
// of its own goes on in the morning of the day that is two weeks on. Times never go back. "->" may stand for →, and
// "under" for ↳.
//
// # What the bot says
//
//	Mon 13:00  bot → @ana    … still open … quietly …  [yes] [found] [leave]   in private, by itself
//	Mon 13:10  bot → @ana (answer)  …                   in private, because she asked: to a command, a press, a form
//	Mon 13:10  bot → @ana (form)  …                     a form is opened for her
//	Fri 15:00  bot → #help   This week … ? Open: …       in a room
//	Fri 15:00  bot ↳ ana     Answers that help …        in the thread of what ana wrote
//	Tue 18:00  silence                                  nothing more was said until now
//
// Each such line is about the next thing that the bot said and no line has told yet: within that minute, to that
// place, with these words in this order (an … stands for any others), and with these buttons, where any are named.
// Large and small letters count; kinds of spaces and of quotation marks do not. Whatever the bot says must be told:
// a transcript that leaves something out fails, so that its silence can be read from it. Which of several helpers who
// fit equally well is asked, and which variant of a text is said, follows from names and order: the same each time.
//
// # Scenes
//
// A line "scene TITLE" begins a fresh start with the same people, rooms and playbooks, to which a scene may add its own.
// A file without scenes is one transcript.
type Transcript struct {
	File  string
	Line  int    // of its title, from 1
	Title string // of the scene, else the first remark of the file
	Way   string // happy, refusing, silent or late, where it says so
	cast  cast
	steps []step
}

// cast is who and what is there before anything happens.
type cast struct {
	start    calendar.Date
	zone     *time.Location
	hours    calendar.Timetable
	language string
	formal   bool
	people   []person
	rooms    []room
	books    []book
}

// person is one of the people.
type person struct {
	name      string
	roles     []string // accepted
	candidate []string // to be asked
	language  string   // of the profile
	address   string   // tu, vous; empty: as the space
	zone      string   // of the profile
}

// room is one of the rooms.
type room struct {
	name     string // without "#"
	language string
	busy     []time.Weekday
}

// book is a playbook that is on.
type book struct {
	id       string
	line     int
	settings map[string]string
}

// step is a line with a time.
type step struct {
	line int
	text string // as written
	at   time.Time
	do   deed
}
