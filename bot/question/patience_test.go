package question

import (
	"testing"
	"time"
)

func TestFixedWaits(t *testing.T) {
	for p, want := range map[Patience]time.Duration{Eager: 2 * time.Hour, Normal: 4 * time.Hour, Patient: 8 * time.Hour, 99: 4 * time.Hour} {
		if got := (Fixed{}).Wait(p); got != want {
			t.Errorf("Wait(%v) = %v, want %v", p, got, want)
		}
	}
}

func TestParsePatience(t *testing.T) {
	for _, p := range []Patience{Eager, Normal, Patient} {
		if got, err := ParsePatience(p.String()); got != p || err != nil {
			t.Errorf("ParsePatience(%q) = %v, %v", p.String(), got, err)
		}
	}
	for _, s := range []string{"", "Eager", "calm"} {
		if _, err := ParsePatience(s); err == nil {
			t.Errorf("ParsePatience(%q) gave no error", s)
		}
	}
	if got := Patience(7).String(); got != "Patience(7)" {
		t.Errorf("String() = %q", got)
	}
	if Patience(0) != Normal {
		t.Error("a room without a setting is not Normal")
	}
}
