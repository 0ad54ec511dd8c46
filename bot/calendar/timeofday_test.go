package calendar_test

import (
	"testing"

	"github.com/gofirst/gofirst/bot/calendar"
)

func TestParseTimeOfDay(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		text string
		want calendar.TimeOfDay
		err  string
	}{
		{text: "00:00", want: 0},
		{text: "09:00", want: 540},
		{text: " 9:05 ", want: 545},
		{text: "23:59", want: 1439},
		{text: "9h", want: 540},
		{text: "18H30", want: 1110},
		{text: "24:00", err: `time of day: column 1 ("24:00"): want a time from 00:00 to 23:59`},
		{text: "09:60", err: `time of day: column 1 ("09:60"): want a time such as 09:00, with minutes from 00 to 59`},
		{text: "09:5", err: `time of day: column 1 ("09:5"): want a time such as 09:00, with minutes from 00 to 59`},
		{text: "9", err: `time of day: column 1 ("9"): want a time such as 09:00`},
		{text: "", err: `time of day: column 1 (the end): want a time such as 09:00`},
		{text: "09:00 pm", err: `time of day: column 7 ("pm"): want nothing after the time`},
		{text: "099:00", err: `time of day: column 1 ("099:00"): want a time such as 09:00`},
	} {
		got, err := calendar.ParseTimeOfDay(tc.text)
		if got != tc.want || message(err) != tc.err {
			t.Errorf("ParseTimeOfDay(%q) = %v, %v; want %v, %s", tc.text, got, err, tc.want, tc.err)
		}
	}
}

func message(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
