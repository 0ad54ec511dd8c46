// Package playbooks is the small language in which gofirst is told when to speak, to whom and why, and
// the playbooks that come with it. With it a reader can load a playbook, see every mistake in it with its
// place, and ask what it would do in a given situation.
//
// It is pure: loading reads the bytes it is given, deciding reads the facts it is given. It never talks to
// a chat, a store or a clock, and knows no playbook by name.
//
// # The language
//
// A playbook is one YAML file. Its keys:
//
//	playbook:    its name, [a-z-]+, also the name of the file
//	about, hypothesis, harm: what it is for, what it claims, what could go wrong; a text in each language
//	measure:     {practice, window, delay}: what its effect is seen in
//	stop:        {harm, after}: when it ends itself
//	settings:    what a community fills in: {type, default, of, per, about}
//	rules:       what it does
//
// A setting's type is channels, role, choice, number, time, wait or text. With "per: channel" it may differ
// from room to room.
//
// A rule has a unique name, one trigger under "when", an optional condition under "if", an optional choice
// of a person under "pick", actions under "do" and a limit under "at_most", which is required wherever the
// rule speaks to somebody who did not ask for it.
//
// Triggers own all waiting:
//
//	schedule:            {every: day|week|fortnight|month, day: friday|busy, at: "09:00", in: ROOMS, for: ROLE}
//	question_unanswered: {in: ROOMS, patience: CHOICE}   the room's own wait is over
//	question_answered:   {in: ROOMS}
//	question_thanked:    {in: ROOMS}   its asker says thanks in the thread
//	heard:               {in: ROOMS, saying: TEXT}   a message has these words in it, a program's too
//	act:                 {kind: K or [K, …], in: ROOMS, after: WAIT}
//	first:               {of: [question, answer, share], in: ROOMS}   the first of somebody here
//	joined:              {in: ROOMS}
//	answered: NAME, with: CHOICE or [CHOICE, …], or: silence   what was asked "as: NAME" got an answer
//	command: WORD, action: NAME
//
// In a schedule, "every", "day" and "at" may name a setting in place of a value: a choice of rhythms or of weekdays, a
// time. With "per: channel" the schedule then differs from room to room.
//
// "day: busy" is the weekday on which the room is expected to be busy, spread over the people of the role.
//
// A pick is {from: ROLE, likely: to answer|to share|to welcome, not: author, up_to: 2}. A limit is
// {per_room: 2 a day, per_person: 1 a week}; "per_person: once" is once and never again.
//
// Whoever was asked about a thing is not picked for it again, and no rule goes back to somebody who said nothing, or
// no. Where a rule has people show something of theirs (write, adopt, mine), a leader went first.
//
// What a rule does is one or more of
//
//	tell:   {whom: author|leader|picked|receiver, as: NAME, text, buttons, open_for, expires,
//	         alive: room, practice: mistake}
//	post:   {under: act|question, text, buttons, expires}   without under: at the top level of the room
//	digest: {as: NAME, of: WAIT, lines, buttons, expires}
//	mark:   {question: taken|solved|left|open} or {act: declared}
//
// A condition is an expression (github.com/expr-lang/expr) over the facts of [Facts]; nothing else
// computes. Texts hold {holes}, which are filled by the engine with people, rooms, links and, in a digest
// alone, given words;
// a text is a string, a list of variants of which one is taken, in French either for both or for tu and
// vous apart. "text: RULE" says the text of another rule again.
//
// There are no anchors, no aliases, no tags, no key "on", and no unknown keys.
package playbooks
