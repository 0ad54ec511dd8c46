package discord

import (
	"encoding/json"
	"errors"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/gofirst/gofirst/bot/chat"
)

func failed(op string, kind chat.Kind, why string) *chat.Error {
	return &chat.Error{Op: "discord " + op, Kind: kind, Err: errors.New(why)}
}

// answer is what the service says when it does not do something. It repeats nothing that was sent.
type answer struct {
	Code       int             `json:"code"`
	RetryAfter float64         `json:"retry_after"`
	Errors     json.RawMessage `json:"errors"`
}

// errAnswered is the service's word that it has the first answer to an interaction.
var errAnswered = errors.New("the interaction was answered already")

// Codes that discordgo has no name for.
const (
	codeUnknownInteraction = 10062
	codeInvalidToken       = 50027
)

// unlike makes an error of what the service answered.
func unlike(op string, status int, header http.Header, body []byte) *chat.Error {
	var said answer
	_ = json.Unmarshal(body, &said) // what is no JSON has no code
	if status == http.StatusTooManyRequests {
		e := failed(op, chat.Later, "the service asks to wait")
		e.Wait = waiting(header, said)
		return e
	}
	if e := known(op, said); e != nil {
		return e
	}
	return failed(op, kindOf(status), "the service answers with the status "+strconv.Itoa(status)+code(said.Code))
}

func code(n int) string {
	if n == 0 {
		return ""
	}
	return " and the code " + strconv.Itoa(n)
}

func kindOf(status int) chat.Kind {
	switch {
	case status == http.StatusNotFound, status == http.StatusGone:
		return chat.Gone
	case status == http.StatusRequestTimeout, status == http.StatusTooEarly, status == http.StatusConflict, status == http.StatusLocked:
		return chat.Unsure
	case status >= 400 && status < 500:
		return chat.Refused
	}
	return chat.Unsure
}

// known says what to do about the errors that an administrator can do something about.
func known(op string, said answer) *chat.Error {
	invalid := string(said.Errors)
	switch said.Code {
	case discordgo.ErrCodeUnknownChannel:
		return failed(op, chat.Gone, "the channel is no longer there")
	case discordgo.ErrCodeUnknownMessage:
		return failed(op, chat.Gone, "the message is no longer there")
	case discordgo.ErrCodeUnknownUser, discordgo.ErrCodeUnknownMember, discordgo.ErrCodeUnknownGuild, discordgo.ErrCodeUnknownRole:
		return failed(op, chat.Gone, "the person, role or server is no longer there")
	case codeUnknownInteraction, discordgo.ErrCodeUnknownWebhook, codeInvalidToken:
		return failed(op, chat.Gone, "the time to answer is over")
	case discordgo.ErrCodeUnauthorized:
		return failed(op, chat.Refused, renew)
	case discordgo.ErrCodeMissingAccess:
		return failed(op, chat.Refused, "the bot may not see this channel; add it, or its role, to the channel's permissions")
	case discordgo.ErrCodeMissingPermissions:
		return failed(op, chat.Refused, "the bot lacks a permission in this channel; compare its role with the invite link that gofirst manifest discord prints")
	case discordgo.ErrCodeCannotSendMessagesToThisUser:
		return failed(op, chat.Refused, "this person takes no direct messages from the bot; they can allow them in the server's privacy settings")
	case discordgo.ErrCodeInteractionHasAlreadyBeenAcknowledged:
		return &chat.Error{Op: "discord " + op, Kind: chat.Later, Err: errAnswered}
	case discordgo.ErrCodeInvalidFormBody:
		if strings.Contains(invalid, "REPLIES_UNKNOWN_MESSAGE") || strings.Contains(invalid, "INVALID_RECIPIENTS") {
			return failed(op, chat.Gone, "what the message answers, or whom it is for, is no longer there")
		}
	}
	return nil
}

// waiting reads for how long the service asks to wait; a second where it does not say.
func waiting(header http.Header, said answer) time.Duration {
	seconds := said.RetryAfter
	if s, err := strconv.ParseFloat(header.Get("Retry-After"), 64); err == nil {
		seconds = math.Max(seconds, s)
	}
	if seconds <= 0 || math.IsNaN(seconds) {
		return time.Second
	}
	return time.Duration(math.Min(seconds, 24*3600) * float64(time.Second)).Round(time.Millisecond)
}
