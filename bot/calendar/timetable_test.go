package calendar_test

import (
	"errors"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"github.com/gofirst/gofirst/bot/calendar"
)

func TestParseTimetable(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ text, want string }{
		{"Mon-Fri 09:00-18:00; Sat 10:00-12:00", "Mon-Fri 09:00-18:00; Sat 10:00-12:00"},
		{"09:00-18:00", "Mon-Fri 09:00-18:00"},
		{"  9:00 – 12:00 , 13:00—18:00 ; ", "Mon-Fri 09:00-12:00,13:00-18:00"},
		{"lun-ven 9h-18h", "Mon-Fri 09:00-18:00"},
		{"lun., mar, JEU. 9h-12h,13h30-18h; ven 9h-12h", "Mon-Tue 09:00-12:00,13:30-18:00; Thu 09:00-12:00,13:30-18:00; Fri 09:00-12:00"},
		{"mercredi 08:00-24:00; samedi-lundi 10:00-11:00", "Mon 10:00-11:00; Wed 08:00-24:00; Sat-Sun 10:00-11:00"},
		{"Mon 13:00-18:00; Mon 09:00-12:00", "Mon 09:00-12:00,13:00-18:00"},
		{"Mon,Mon-Tue 09:00-10:00", "Mon-Tue 09:00-10:00"},
		{"Sunday 22:00-24:00; mon 00:00-06:00", "Mon 00:00-06:00; Sun 22:00-24:00"},
		{"never", "never"},
		{" Jamais", "never"},
	} {
		got, err := calendar.ParseTimetable(tc.text)
		if err != nil || got.String() != tc.want {
			t.Errorf("ParseTimetable(%q) = %v, %v; want %s", tc.text, got, err, tc.want)
		}
	}
}

func TestParseTimetableTellsWhere(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ text, want string }{
		{"", `hours: column 1 (the end): want a time such as 09:00`},
		{"never 09:00-10:00", `hours: column 1 ("never 09:00-10:00"): want a day such as Mon or lun`},
		{"Mon-Fry 09:00-18:00", `hours: column 5 ("Fry 09:00-18:00"): want a day such as Mon or lun`},
		{"Mon-Fri", `hours: column 8 (the end): want a time such as 09:00`},
		{"Mon 09:00", `hours: column 10 (the end): want a dash, then the time at which the span ends`},
		{"Mon 09:00-10:00 Tue 09:00-10:00", `hours: column 17 ("Tue 09:00-10:00"): want a semicolon, then the next days`},
		{"Mon 09:00-24:30", `hours: column 11 ("24:30"): want a time from 00:00 to 24:00`},
		{"Mon 24:00-24:00", `hours: column 5 ("24:00-24:00"): want a time from 00:00 to 23:59`},
		{"Mon 22:00-06:00", `hours: column 11 ("06:00"): want an end after 22:00; a night is two spans, such as Mon 22:00-24:00; Tue 00:00-06:00`},
		{"Mon-Fri 09:00-18:00; ven 09:00-12:00", `hours: column 26 ("09:00-12:00"): want spans that do not overlap; Friday has another at this time`},
		{"Mon 09:00–18:00; Été 1", `hours: column 18 ("Été 1"): want a day such as Mon or lun`},
	} {
		_, err := calendar.ParseTimetable(tc.text)
		var where *calendar.ParseError
		if message(err) != tc.want || !errors.As(err, &where) || where.Text != tc.text {
			t.Errorf("ParseTimetable(%q): %v\nwant %s", tc.text, err, tc.want)
		}
	}
}

func TestTimetableRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		week := drawWeek(t)
		again, err := calendar.ParseTimetable(week.String())
		if err != nil || !reflect.DeepEqual(again, week) {
			t.Fatalf("%q gives %v, %v", week, again, err)
		}
	})
}
