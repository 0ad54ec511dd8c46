package main

import (
	"io"
	"log/slog"
)

// logging says what is logged, and how. Nothing that a person wrote is ever in it.
type logging struct {
	level slog.Level
	json  bool
}

func defaultLog() logging { return logging{level: slog.LevelInfo} }

func (l *logging) read(v value) {
	v.read(map[string]func(value){
		"level": func(v value) {
			if text, ok := v.one("debug", "info", "warn", "error"); ok {
				_ = l.level.UnmarshalText([]byte(text)) // each of the four is one of slog's
			}
		},
		"format": func(v value) {
			text, _ := v.one("text", "json")
			l.json = text == "json"
		},
	})
}

func (l logging) logger(to io.Writer) *slog.Logger {
	o := &slog.HandlerOptions{Level: l.level}
	if l.json {
		return slog.New(slog.NewJSONHandler(to, o))
	}
	return slog.New(slog.NewTextHandler(to, o))
}
