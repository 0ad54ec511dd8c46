package adaptertest

import (
	"bytes"
	"image"
	"image/png"

	"github.com/gofirst/gofirst/bot/chat"
)

func pictureChecks() []check {
	return []check{
		{"a picture stands with its words", []Part{Sending, Pictures}, pictureStands},
		{"buttons and pictures never make a message smaller", []Part{Sending}, sizeCountsAll},
	}
}

func picture(alt string) *chat.Picture {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		panic(err) // eight times eight grey points can be drawn
	}
	return &chat.Picture{PNG: b.Bytes(), Alt: alt}
}

func pictureStands(t *trial) {
	a, s := t.open()
	for i, alt := range []string{"Three examples in a row", "5 < 6 & <!channel> @everyone *b* \"q\""} {
		d := note(s, i, "This week")
		d.Message.Picture = picture(alt)
		m := t.seen(s, t.send(a, d).Message)
		if !same(m.Alt, alt) || !holds(m.Text, "This week") || len(m.Pings) != 0 {
			t.Errorf("a picture of %q stands as %+v", alt, m)
		}
	}
}

// sizeCountsAll also asks that a message with all its parts, at the size that is allowed, is taken.
func sizeCountsAll(t *trial) {
	a, s := t.open()
	m := note(s, 1, "Shall I?").Message
	last := a.Size(m)
	for _, label := range []string{"Yes", "I found it", "Leave it"} {
		m.Buttons = append(m.Buttons, chat.Button{Label: label, Value: "aaaaaaaaaaaaaaaaaaaaaaaaa.yes.abcdefghijklmnop"})
		size := a.Size(m)
		if size < last || size != a.Size(m) {
			t.Errorf("with the button %q more the size goes from %d to %d", label, last, size)
		}
		last = size
	}
	if m.Picture = picture("three dots"); a.Size(m) < last {
		t.Errorf("with a picture the size goes from %d to %d", last, a.Size(m))
	}
	if limit := a.Info().MaxSize; limit > 0 && a.Size(m) > limit/2 {
		t.Errorf("a short message with buttons and a picture has the size %d of %d", a.Size(m), limit)
	}
}
