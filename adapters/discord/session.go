package discord

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"

	"github.com/gofirst/gofirst/bot/chat"
)

// gone notes that discordgo has given the connection up.
func (s *shard) gone() {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case <-s.lost:
	default:
		close(s.lost)
	}
}

// hear takes one event, in order. READY on a connection that was to resume says that the session is another: its
// events would leave a hole, so they are not heard.
func (s *shard) hear(e *discordgo.Event) {
	if e.Operation != 0 {
		return
	}
	var ready struct {
		Session string      `json:"session_id"`
		User    wireUser    `json:"user"`
		Guilds  []wireGuild `json:"guilds"`
	}
	if e.Type == "READY" && json.Unmarshal(e.RawData, &ready) != nil {
		s.r.a.cfg.Log.Warn("an event of the gateway cannot be read", "kind", e.Type)
		return
	}
	s.mu.Lock()
	s.greeted = true
	if e.Type == "READY" {
		s.renewed = s.session != ""
		s.session = ready.Session
	}
	session, renewed := s.session, s.renewed
	s.mu.Unlock()
	switch {
	case renewed:
		s.cut()
	case e.Type == "READY":
		var guilds []string
		for _, g := range ready.Guilds {
			guilds = append(guilds, g.ID)
		}
		s.r.greet(guilds)
	default:
		s.r.hear(e.Type, e.RawData, session+"."+strconv.FormatInt(e.Sequence, 10))
	}
}

// The close codes after which connecting again is of no use until somebody changes something.
const (
	closeAuthentication = 4004
	closeInvalidIntents = 4013
	closeIntents        = 4014
)

// closed makes an error of a connection that could not be opened.
func closed(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var c *websocket.CloseError
	if !errors.As(err, &c) {
		return failed("run", chat.Later, "the gateway cannot be reached")
	}
	switch c.Code {
	case closeAuthentication:
		return failed("run", chat.Refused, renew)
	case closeInvalidIntents, closeIntents:
		return failed("run", chat.Refused, "the service does not grant the intents; switch on Message Content Intent and Server Members Intent on the application's Bot page")
	}
	return failed("run", chat.Later, "the gateway closes with the code "+strconv.Itoa(c.Code))
}
