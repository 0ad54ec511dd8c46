package mattermost

import (
	"net/url"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/mattermost/mattermost/server/public/model"
)

// ParseLink reads a permalink of this server. Such a link does not name the channel: where the message did not go by
// lately, the channel stays empty.
func (a *Adapter) ParseLink(link string) (chat.ChannelID, chat.MessageID, bool) {
	u, err := url.Parse(strings.Trim(strings.TrimSpace(link), "<>"))
	server, _ := url.Parse(a.cfg.Server)
	if err != nil || server == nil || !strings.EqualFold(u.Host, server.Host) || u.Scheme != "http" && u.Scheme != "https" {
		return "", "", false
	}
	path, ok := strings.CutPrefix(u.Path, server.Path)
	parts := strings.Split(strings.Trim(path, "/"), "/")
	if !ok || len(parts) != 3 || parts[0] == "" || parts[1] != "pl" || !a.canBeLinked(parts[2]) {
		return "", "", false
	}
	note, _ := a.posts.find(parts[2])
	return chat.ChannelID(note.channel), chat.MessageID(parts[2]), true
}

// canBeLinked says whether something can be the identifier of a post. A link that was cut short is none: where the bot's
// own identifier is one of Mattermost's, all are.
func (a *Adapter) canBeLinked(id string) bool {
	if self := a.selfID(); self != "" && !model.IsValidId(self) {
		return isID(id)
	}
	return model.IsValidId(id)
}
