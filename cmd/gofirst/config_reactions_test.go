package main

import (
	"strings"
	"testing"

	"github.com/gofirst/gofirst/bot"
)

// What reactions mean can be set, and switched off; what is wrong with it is said with its place.
func TestReactionsAreSettable(t *testing.T) {
	t.Parallel()
	base := initText(t, "local", "en")
	c, err := readConfig(writtenTo(t, base+"\nreactions: {take: \":hand:\", example: \"\"}\n"))
	if err != nil {
		t.Fatal(err)
	}
	if c.reactions["hand"] != bot.MeansTake || c.reactions["eyes"] != "" || c.reactions["star"] != "" || c.reactions["pray"] != bot.MeansThanks {
		t.Errorf("the reactions are %v", c.reactions)
	}
	for text, want := range map[string]string{
		"reactions: {took: eyes}":             `unknown reaction "took"`,
		"reactions: {take: \"the eyes\"}":     "wants an emoji's short name",
		"reactions: {take: star, open: star}": "star has a meaning already",
	} {
		if _, err := readConfig(writtenTo(t, base+"\n"+text+"\n")); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
}
