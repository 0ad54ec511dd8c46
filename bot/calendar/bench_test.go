package calendar_test

import (
	"testing"
	"time"

	"github.com/gofirst/gofirst/bot/calendar"
)

func benchHours(b *testing.B) (calendar.Hours, time.Time) {
	now := time.Date(2026, 10, 19, 15, 0, 0, 0, time.UTC)
	away := calendar.Interval{From: now.AddDate(0, 0, 3), Until: now.AddDate(0, 0, 10)}
	week := timetable(b, "Mon-Fri 09:00-12:00,13:00-18:00")
	return calendar.Hours{Zone: load(b, "Europe/Paris"), Week: week, Away: []calendar.Interval{away}}, now
}

func BenchmarkOpen(b *testing.B) {
	h, now := benchHours(b)
	b.ReportAllocs()
	for b.Loop() {
		h.Open(now)
	}
}

func BenchmarkAddEightHours(b *testing.B) {
	h, now := benchHours(b)
	b.ReportAllocs()
	for b.Loop() {
		h.Add(now, 8*time.Hour)
	}
}

func BenchmarkBetweenOneMonth(b *testing.B) {
	h, now := benchHours(b)
	b.ReportAllocs()
	for b.Loop() {
		h.Between(now, now.AddDate(0, 1, 0))
	}
}

func BenchmarkNeverOpen(b *testing.B) {
	_, now := benchHours(b)
	b.ReportAllocs()
	for b.Loop() {
		calendar.Hours{}.NextOpen(now)
	}
}

func BenchmarkNextMonthly(b *testing.B) {
	h, now := benchHours(b)
	s := calendar.Schedule{Every: calendar.Monthly, On: time.Friday, Nth: -1, At: 540}
	b.ReportAllocs()
	for b.Loop() {
		calendar.Next(s, h.Zone, now)
	}
}
