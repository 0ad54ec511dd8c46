package adaptertest

import (
	"fmt"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

func wordSabotages() []sabotage {
	return []sabotage{
		{check: "a thousand hostile texts ping nobody and lead nowhere", how: "a ping", breaks: resent(pingWhere("<!everyone>"))},
		{check: "a thousand hostile texts ping nobody and lead nowhere", how: "letters that are lost", breaks: resent(func(d *chat.Delivery) {
			for i, n := range d.Message.Body {
				if words, ok := n.(chat.Text); ok {
					d.Message.Body[i] = chat.Text(strings.ReplaceAll(string(words), ":smile:", "\u263a"))
				}
			}
		})},
		{check: "an address cannot break out of its link", how: "a ping", breaks: resent(pingWhere("<@U1>"))},
		{check: "a label cannot break out of its button", how: "markup", breaks: resent(func(d *chat.Delivery) {
			for i, b := range d.Message.Buttons {
				d.Message.Buttons[i].Label = strings.ReplaceAll(b.Label, "*", "")
			}
		})},
		{check: "a picture stands with its words", how: "other words", breaks: resent(func(d *chat.Delivery) {
			d.Message.Picture = &chat.Picture{PNG: d.Message.Picture.PNG, Alt: "picture.png"}
		})},
		{check: "a picture stands with its words", how: "no picture", breaks: resent(func(d *chat.Delivery) { d.Message.Picture = nil })},
		{check: "buttons and pictures never make a message smaller", how: "counting anew", breaks: func(b *broken) { b.size = func(n int) int { return n % 10 } }},
		{check: "buttons and pictures never make a message smaller", how: "counting the picture's bytes", breaks: func(b *broken) { b.size = func(n int) int { return n * 1000 } }},
	}
}

// pingWhere notifies somebody wherever a message holds some words.
func pingWhere(words string) func(*chat.Delivery) {
	return func(d *chat.Delivery) {
		if strings.Contains(fmt.Sprint(d.Message.Body), words) {
			d.Message.Body = append(d.Message.Body, chat.Mention{User: "UANA", Ping: true})
		}
	}
}
