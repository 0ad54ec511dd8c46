package discordtest

import (
	"encoding/json"
	"slices"
	"strconv"
	"time"
)

func (s *Server) userJSON(id string) map[string]any {
	u := s.users[id]
	if u == nil {
		u = &user{id: id, name: "deleted"}
	}
	out := map[string]any{"id": u.id, "username": u.name, "discriminator": "0", "avatar": nil, "global_name": nil, "public_flags": 0}
	if u.display != "" {
		out["global_name"] = u.display
	}
	if u.bot {
		out["bot"] = true
	}
	return out
}

func (s *Server) memberJSON(g *guild, id string, whole bool) map[string]any {
	roles := append([]string{}, g.has[id]...)
	out := map[string]any{"roles": roles, "nick": nil, "joined_at": stamp(when(g.id)), "deaf": false, "mute": false, "flags": 0}
	if whole {
		out["user"] = s.userJSON(id)
	}
	return out
}

func (s *Server) channelJSON(c *channel) map[string]any {
	out := map[string]any{"id": c.id, "type": c.kind, "flags": 0, "last_message_id": nil}
	if n := len(c.messages); n > 0 {
		out["last_message_id"] = c.messages[n-1].id
	}
	if s.opts.WithoutLast {
		delete(out, "last_message_id")
	}
	if c.kind == directChannel {
		out["recipients"] = []any{s.userJSON(c.with)}
		return out
	}
	out["guild_id"], out["name"] = c.guild, c.name
	if c.thread() {
		out["parent_id"], out["owner_id"], out["message_count"], out["member_count"] = c.parent, s.Bot, len(c.messages), 1
		out["thread_metadata"] = map[string]any{"archived": c.archived, "auto_archive_duration": 1440, "archive_timestamp": stamp(when(c.id)), "locked": false}
		return out
	}
	over := []any{}
	for _, o := range c.overwrites {
		over = append(over, map[string]any{"id": o.id, "type": o.kind, "allow": strconv.FormatUint(o.allow, 10), "deny": strconv.FormatUint(o.deny, 10)})
	}
	out["position"], out["nsfw"], out["topic"], out["parent_id"], out["permission_overwrites"] = 0, false, nil, nil, over
	return out
}

func (s *Server) guildCreated(g *guild) map[string]any {
	channels, threads := []any{}, []any{}
	for _, c := range g.channels {
		switch {
		case !s.allows(c, permissionView):
		case c.thread() && !c.archived:
			threads = append(threads, s.channelJSON(c))
		case !c.thread():
			channels = append(channels, s.channelJSON(c))
		}
	}
	return map[string]any{
		"id": g.id, "name": g.name, "joined_at": stamp(when(g.id)), "large": false, "unavailable": false, "member_count": len(g.members),
		"channels": channels, "threads": threads, "members": []any{s.memberJSON(g, s.Bot, true)}, "roles": rolesJSON(g), "owner_id": g.id,
	}
}

func rolesJSON(g *guild) []any {
	out := []any{}
	for i, r := range g.roles {
		out = append(out, map[string]any{
			"id": r.id, "name": r.name, "permissions": strconv.FormatUint(r.permissions, 10), "position": i, "mentionable": false, "hoist": false, "managed": false, "color": 0,
		})
	}
	return out
}

// messageJSON is a message as the bot is shown it. Without the intent, the words of others in rooms are left out.
func (s *Server) messageJSON(m *message, content bool) map[string]any {
	c := s.channels[m.channel]
	visible := content || m.author == s.Bot || c.kind == directChannel || slices.Contains(m.mentions, s.Bot)
	mentions := []any{}
	for _, u := range m.mentions {
		mentions = append(mentions, s.userJSON(u))
	}
	out := map[string]any{
		"id": m.id, "channel_id": m.channel, "author": s.userJSON(m.author), "content": m.content, "timestamp": stamp(when(m.id)),
		"edited_timestamp": nil, "tts": false, "mention_everyone": false, "mentions": mentions, "mention_roles": []any{}, "pinned": false,
		"attachments": append([]map[string]any{}, m.attachments...), "embeds": append([]any{}, m.embeds...), "components": append([]any{}, m.components...),
		"type": m.kind, "flags": m.flags,
	}
	if !visible {
		out["content"], out["attachments"], out["embeds"], out["components"] = "", []any{}, []any{}, []any{}
	}
	if !m.edited.IsZero() {
		out["edited_timestamp"] = stamp(m.edited)
	}
	if m.webhook {
		out["webhook_id"] = m.author
	}
	if m.refers != nil {
		out["message_reference"] = map[string]any{"type": 0, "message_id": m.refers.message, "channel_id": m.refers.channel, "guild_id": c.guild}
		out["referenced_message"] = nil
		if to := s.channels[m.refers.channel].message(m.refers.message); to != nil {
			plain := *to
			plain.refers = nil
			referenced := s.messageJSON(&plain, content)
			if to.refers != nil {
				referenced["message_reference"] = map[string]any{"type": 0, "message_id": to.refers.message, "channel_id": to.refers.channel, "guild_id": c.guild}
			}
			out["referenced_message"] = referenced
		}
	}
	return out
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000+00:00") }

func encode(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // only our own values come here
	}
	return b
}
