package discord

import (
	"encoding/json"
	"strconv"
	"time"

	"github.com/bwmarrin/discordgo"
)

// The types below are the parts of the service's objects that the bot looks at. discordgo's own refuse a whole message
// where it has a component that they do not know, and have no nonce.
type (
	wireUser struct {
		ID       string `json:"id"`
		Username string `json:"username"`
		Display  string `json:"global_name"`
		Bot      bool   `json:"bot"`
	}

	wireMember struct {
		User   wireUser  `json:"user"`
		Nick   string    `json:"nick"`
		Roles  []string  `json:"roles"`
		Joined time.Time `json:"joined_at"`
	}

	wireReference struct {
		Message string `json:"message_id"`
		Channel string `json:"channel_id"`
		Type    int    `json:"type"`
	}

	wireMessage struct {
		ID          string                 `json:"id"`
		Channel     string                 `json:"channel_id"`
		Guild       string                 `json:"guild_id"`
		Author      wireUser               `json:"author"`
		Content     string                 `json:"content"`
		Sent        time.Time              `json:"timestamp"`
		Edited      *time.Time             `json:"edited_timestamp"`
		Type        discordgo.MessageType  `json:"type"`
		Flags       discordgo.MessageFlags `json:"flags"`
		Mentions    []wireUser             `json:"mentions"`
		Attachments []json.RawMessage      `json:"attachments"`
		Webhook     string                 `json:"webhook_id"`
		Nonce       json.RawMessage        `json:"nonce"`
		Refers      *wireReference         `json:"message_reference"`
		Referenced  *wireMessage           `json:"referenced_message"`
	}

	wireChannel struct {
		ID         string                `json:"id"`
		Guild      string                `json:"guild_id"`
		Type       discordgo.ChannelType `json:"type"`
		Name       string                `json:"name"`
		Parent     string                `json:"parent_id"`
		Last       json.RawMessage       `json:"last_message_id"`
		Recipients []wireUser            `json:"recipients"`
		Overwrites []wireOverwrite       `json:"permission_overwrites"`
	}

	wireOverwrite struct {
		ID    string `json:"id"`
		Type  int    `json:"type"`
		Allow uint64 `json:"allow,string"`
		Deny  uint64 `json:"deny,string"`
	}

	wireRole struct {
		ID          string `json:"id"`
		Name        string `json:"name"`
		Permissions uint64 `json:"permissions,string"`
	}

	wireGuild struct {
		ID          string        `json:"id"`
		Name        string        `json:"name"`
		Unavailable bool          `json:"unavailable"`
		Joined      time.Time     `json:"joined_at"`
		Channels    []wireChannel `json:"channels"`
		Threads     []wireChannel `json:"threads"`
	}

	wireApplication struct {
		ID       string   `json:"id"`
		Flags    *int     `json:"flags"` // nil where the service does not tell
		Key      string   `json:"verify_key"`
		Endpoint string   `json:"interactions_endpoint_url"`
		Bot      wireUser `json:"bot"`
	}
)

// key reads the nonce, which the service gives as a string or a number.
func (m wireMessage) key() string {
	var s string
	if json.Unmarshal(m.Nonce, &s) == nil {
		return s
	}
	return ""
}

// at gives the time of a message, which its identifier tells where nothing else does.
func (m wireMessage) at() time.Time {
	if m.Sent.IsZero() {
		return told(m.ID)
	}
	return m.Sent.UTC()
}

// after says whether something newer than a message may stand in a channel: so it is where that is not told. 0 is older
// than all.
func (c wireChannel) after(message uint64) bool {
	var last string
	return message == 0 || c.Last == nil || json.Unmarshal(c.Last, &last) == nil && snowflake(last) > message
}

func (u wireUser) name() string {
	if u.Display != "" {
		return u.Display
	}
	return u.Username
}

// epoch is where the service's identifiers begin to count, in Unix milliseconds.
const epoch = 1420070400000

// snowflake reads an identifier, a number of 64 bits; what is none is 0.
func snowflake(id string) uint64 {
	n, err := strconv.ParseUint(id, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// told gives the time at which an identifier was made, as far as the service's own identifiers say.
func told(id string) time.Time { return time.UnixMilli(int64(snowflake(id)>>22) + epoch).UTC() }

// since gives the first identifier of a millisecond.
func since(t time.Time) uint64 { return uint64(max(t.UnixMilli()-epoch, 0)) << 22 }

func flake(n uint64) string { return strconv.FormatUint(n, 10) }
