package slack

import (
	"errors"
	"net/http"
	"regexp"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

// failure is the error of an answer that is not ok. A name that is not known means Refused: Slack says "not ok" only
// of what it did not do, but for the few that say that it does not know.
func (a answer) failure(op, method string) *chat.Error {
	name := a.Error
	if !word.MatchString(name) {
		name = "an error without a name"
	}
	text := method + ": " + name
	if needs := strings.ReplaceAll(a.Needed, " ", ""); name == "missing_scope" && scopeList.MatchString(needs) {
		text += " " + needs
	}
	if do := remedy(name); do != "" {
		text += ": " + do
	}
	e := &chat.Error{Op: op, Kind: kindOf(name), Err: &apiError{name, text, strings.Contains(strings.Join(a.Metadata.Messages, " "), "slack_file")}}
	if e.Kind == chat.Later {
		e.Wait = defaultTry
	}
	return e
}

// apiError keeps the name that Slack gave to a failure.
type apiError struct {
	name, text string
	file       bool // it is about a file that a block shows
}

func (e *apiError) Error() string { return e.text }

// said reports whether an error is one of these names of Slack's.
func said(err error, names ...string) bool {
	var e *apiError
	if !errors.As(err, &e) {
		return false
	}
	for _, n := range names {
		if e.name == n {
			return true
		}
	}
	return false
}

// lasting says whether an administrator has to mend something before Slack lets the bot in again.
func lasting(err error) bool {
	var e *chat.Error
	if !errors.As(err, &e) || e.Kind != chat.Refused {
		return false
	}
	if answered := (*httpError)(nil); errors.As(err, &answered) {
		return answered.status == http.StatusUnauthorized
	}
	if errors.As(err, new(*apiError)) {
		return tokenError(err) || said(err, "missing_scope", "no_permission")
	}
	return true // what the adapter itself refuses
}

// tokenError says whether an error is about the token, or the app that it belongs to, and not about what was asked.
func tokenError(err error) bool {
	return said(err, "invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive", "not_allowed_token_type",
		"forbidden", "forbidden_team", "team_not_found", "socket_mode_not_enabled", "app_missing_action_url")
}

var (
	word      = regexp.MustCompile(`^[a-z][a-z0-9_]{1,60}$`)
	scopeList = regexp.MustCompile(`^[a-z_.:,]{1,200}$`)
)

func kindOf(name string) chat.Kind {
	switch name {
	case "channel_not_found", "message_not_found", "user_not_found", "users_not_found", "thread_not_found",
		"is_archived", "user_disabled", "no_such_subteam", "bad_timestamp", "invalid_ts", "invalid_ts_latest", "invalid_ts_oldest",
		"used_url", "expired_url", "bot_not_found", "user_not_in_channel", "file_not_found", "not_found", "deactivated_member":
		return chat.Gone
	case "ratelimited", "rate_limited", "team_added_to_org", "accesslimited", "message_limit_exceeded":
		return chat.Later
	case "internal_error", "fatal_error", "request_timeout", "service_unavailable", "an error without a name":
		return chat.Unsure
	}
	return chat.Refused
}

// remedy says what to do where the cause is known.
func remedy(name string) string {
	switch name {
	case "not_in_channel":
		return "the bot is not in this channel; invite it there with /invite"
	case "channel_not_found":
		return "there is no such channel, or it is private and the bot is not in it; invite it there with /invite"
	case "missing_scope":
		return "add the scope under OAuth & Permissions of the app's pages and install the app again"
	case "invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive":
		return "the token is not valid; copy the present one from the app's pages"
	case "not_allowed_token_type":
		return "this is a token of another kind; app tokens begin with xapp-, bot tokens with xoxb-"
	case "restricted_action", "restricted_action_read_only_channel", "restricted_action_thread_only_channel", "restricted_action_non_threadable_channel":
		return "the channel's settings do not let apps post here"
	case "cannot_dm_bot":
		return "bots cannot be written to"
	case "not_enabled":
		return "turn the Home tab on under App Home of the app's pages"
	}
	return ""
}
