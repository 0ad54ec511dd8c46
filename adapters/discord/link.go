package discord

import (
	"net/url"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

// ParseLink reads "https://discord.com/channels/GUILD/CHANNEL/MESSAGE" as every build of the service's client copies it.
// A message in a thread is named with its thread, under which the parent is not known: the channel is then the thread.
func (a *Adapter) ParseLink(link string) (chat.ChannelID, chat.MessageID, bool) {
	u, err := url.Parse(strings.Trim(strings.TrimSpace(link), "<>"))
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.User != nil {
		return "", "", false
	}
	switch strings.ToLower(u.Host) {
	case "discord.com", "ptb.discord.com", "canary.discord.com", "www.discord.com", "discordapp.com", "ptb.discordapp.com", "canary.discordapp.com":
	default:
		return "", "", false
	}
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	if len(parts) != 4 || parts[0] != "channels" || parts[1] != "@me" && snowflake(parts[1]) == 0 || snowflake(parts[2]) == 0 || snowflake(parts[3]) == 0 {
		return "", "", false
	}
	if c, ok := a.rooms.get(parts[2]); ok && c.thread() {
		return chat.ChannelID(c.parent), messageID(c, parts[3]), true
	}
	return chat.ChannelID(parts[2]), chat.MessageID(parts[3]), true
}
