package calendar

import "time"

// ExpectActive tells whether a room is expected to be busy on day d, judged
// from earlier days alone: it was busy on the same weekday in at least two of
// the last four weeks, or on the same weekday of the month (a first Monday, a
// third Thursday) in at least two of the last three months.
//
// Invitations fall on days on which the room will be busy, since an example
// that nobody is there to see spreads nothing. Whether a day becomes busy is
// known only in its evening, and a coin thrown by then would know its outcome;
// so the day is foretold from the past, by a rule that anybody can check. Rooms
// have two rhythms, weekly and monthly: one that wakes for a meeting on each
// first Monday would never pass the rule of weeks. Two of four, rather than
// all, forgives a holiday; one would be an accident.
//
// The function active is asked for at most seven days, all before d. A fifth
// weekday, which few months have, leans on the rule of weeks.
func ExpectActive(active func(Date) bool, d Date) bool {
	return weeklyBusy(active, d) >= 2 || monthlyBusy(active, d) >= 2
}

func weeklyBusy(active func(Date) bool, d Date) int {
	busy := 0
	for week := 1; week <= 4; week++ {
		if active(d.AddDays(-7 * week)) {
			busy++
		}
	}
	return busy
}

func monthlyBusy(active func(Date) bool, d Date) int {
	busy := 0
	for back := 1; back <= 3; back++ {
		same, ok := nthWeekday(d.Year, d.Month-time.Month(back), d.Weekday(), d.nth())
		if ok && active(same) {
			busy++
		}
	}
	return busy
}
