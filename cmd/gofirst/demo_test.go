package main

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// shown plays the demo and ends its input at once.
func shown(t *testing.T, c demoCmd, o showing, wait func(context.Context, time.Duration) error) string {
	t.Helper()
	var out bytes.Buffer
	if err := c.play(t.Context(), seat{in: strings.NewReader(""), out: &out}, o, wait); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func never(context.Context, time.Duration) error { panic("a plain demo does not wait") }

// TestDemoFits: whatever the seed, the story takes at most 60 lines, none wider than asked for.
func TestDemoFits(t *testing.T) {
	t.Parallel()
	for language, seeds := range map[string]uint64{"en": 20, "fr": 2} {
		for seed := uint64(1); seed <= seeds; seed++ {
			text := shown(t, demoCmd{Seed: seed, Weeks: 2, Language: language}, showing{width: 100, plain: true, language: language}, never)
			lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
			if len(lines) > 60 {
				t.Errorf("seed %d in %s takes %d lines", seed, language, len(lines))
			}
			for _, line := range lines {
				if utf8.RuneCountInString(line) > 100 || strings.ContainsRune(line, '\x1b') {
					t.Errorf("seed %d in %s has this line: %q", seed, language, line)
				}
			}
		}
	}
}

// TestDemoIsNarrow: on a small terminal as well.
func TestDemoIsNarrow(t *testing.T) {
	t.Parallel()
	text := shown(t, demoCmd{Seed: 1, Weeks: 2, Language: "en"}, showing{width: 80, plain: true}, never)
	story, _, _ := strings.Cut(text, "    You are zoe")
	if n := strings.Count(story, "\n"); n > 60 {
		t.Errorf("on 80 columns it takes %d lines", n)
	}
	for line := range strings.SplitSeq(text, "\n") {
		if utf8.RuneCountInString(line) > 80 {
			t.Errorf("wider than 80 columns: %q", line)
		}
	}
}

// TestDemoPace: on a terminal the whole takes as long as was asked for, and the bot stands out.
func TestDemoPace(t *testing.T) {
	t.Parallel()
	var sum time.Duration
	text := shown(t, demoCmd{Seed: 1, Weeks: 2, Language: "en", Pace: 45}, showing{width: 100}, func(_ context.Context, d time.Duration) error {
		sum += d
		return nil
	})
	if off := sum - 45*time.Second; off.Abs() > time.Second {
		t.Errorf("it takes %v", sum)
	}
	if !strings.Contains(text, "\x1b[36mMon 09:02  bot → @tom") || !strings.Contains(text, "\x1b[90mMon 09:00  · stays quiet") {
		t.Errorf("the bot and its silences have no colours:\n%s", text)
	}
}

// TestDemoEnds: a visitor who goes in the middle of the story is no failure, and the story stops.
func TestDemoEnds(t *testing.T) {
	t.Parallel()
	ctx, leave := context.WithCancel(t.Context())
	n := 0
	err := (&demoCmd{Seed: 1, Weeks: 2, Language: "en", Pace: 45}).play(ctx, seat{in: strings.NewReader(""), out: &bytes.Buffer{}}, showing{width: 100}, func(ctx context.Context, _ time.Duration) error {
		if n++; n == 3 {
			leave()
		}
		return ctx.Err()
	})
	if err == nil || n != 3 {
		t.Errorf("after the visitor went: %d lines, %v", n, err)
	}
}
