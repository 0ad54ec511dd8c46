// Package calendar answers questions about time: when may this person be
// disturbed, when has an hour of their working time passed, which is the next
// slot of a digest, is this room likely to be busy today.
//
// The nouns are those of the people who use the bot:
//
//   - [Hours] say when a person or a room may be disturbed: a zone, a
//     [Timetable] such as "Mon-Fri 09:00-18:00", and the intervals of leave.
//   - [Wait] is a length of waiting as a playbook writes it: "90m",
//     "1h active", "2 working days", "2 weeks".
//   - [Schedule] is a rhythm, and [Next] its next slot.
//   - [Date] and [Week] are keys for counting; [ExpectActive] foretells a
//     room's busy days from its past ones.
//
// # Clocks that jump
//
// One definition serves everywhere: a moment is judged by what a clock on the
// wall shows. Hours are open at every moment at which the clock shows a time
// within a span, so a span of 02:00-03:00 holds nothing in the night when
// clocks jump over it, and two hours in the night when they show it twice. To
// turn a local time into a moment, the first moment at which clocks have
// reached it is taken: a time that does not exist becomes the end of the gap,
// a time that comes twice is taken once, the first.
//
// Zones may be nil, which means UTC. All intervals hold their start and not
// their end.
//
// # What it never does
//
// It never reads the clock (now is an argument), never sleeps, never loads a
// zone, keeps no state and does no I/O. It does not decide whether to speak:
// the attention stages do. All values are safe to share between goroutines as
// long as nobody changes them.
package calendar
