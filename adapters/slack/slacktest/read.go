package slacktest

import (
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
)

// readable finds a channel whose messages the bot may read.
func (c *call) readable() (*channel, object) {
	ch := c.s.channels[c.arg("channel")]
	if ch == nil || ch.kind == "group" && !ch.has(BotUser) {
		return nil, no("channel_not_found")
	}
	if needs := map[string]string{"channel": "channels:history", "group": "groups:history", "im": "im:history"}[ch.kind]; !c.s.scope(needs) {
		return nil, missing([]string{needs}, c.s.opts.Scopes)
	}
	if !ch.has(BotUser) {
		return nil, no("not_in_channel")
	}
	return ch, nil
}

// between tells whether a timestamp lies within oldest and latest.
func (c *call) between(ts string) bool {
	at, oldest, latest := number(ts), number(c.arg("oldest")), number(c.arg("latest"))
	if c.yes("inclusive") {
		return at >= oldest && (latest == 0 || at <= latest)
	}
	return at > oldest && (latest == 0 || at < latest)
}

func number(ts string) int64 {
	s, us, _ := strings.Cut(ts, ".")
	a, _ := strconv.ParseInt(s, 10, 64)
	b, _ := strconv.ParseInt((us + "000000")[:6], 10, 64)
	return a*1e6 + b
}

// history gives the newest first, without replies that were not sent to the channel.
func (c *call) history() object {
	ch, bad := c.readable()
	if bad != nil {
		return bad
	}
	var all []object
	for _, m := range slices.Backward(ch.messages) {
		if m.deleted || m.only != "" || m.thread != "" && m.thread != m.ts && m.subtype != "thread_broadcast" || !c.between(m.ts) {
			continue
		}
		all = append(all, m.json(c.yes("include_all_metadata")))
	}
	return c.page("messages", all)
}

// replies gives the root first on every page, then the replies, the oldest first. The timestamp may be that of a
// reply: then that alone is given.
func (c *call) replies() object {
	ch, bad := c.readable()
	if bad != nil {
		return bad
	}
	root := ch.find(c.arg("ts"))
	if root == nil || root.only != "" {
		return no("thread_not_found")
	}
	with := c.yes("include_all_metadata")
	if root.thread != "" && root.thread != root.ts {
		return object{"ok": true, "messages": []object{root.json(with)}, "has_more": false}
	}
	var all []object
	for _, m := range ch.replies(root.ts) {
		if c.between(m.ts) {
			all = append(all, m.json(with))
		}
	}
	a := c.page("messages", all)
	if list, ok := a["messages"].([]object); ok {
		a["messages"] = append([]object{root.json(with)}, list...)
	}
	return a
}

// page cuts a list by limit and cursor.
func (c *call) page(key string, all []object) object {
	limit := 100
	if l := c.arg("limit"); l != "" {
		n, err := strconv.Atoi(l)
		if err != nil || n < 1 || n > 1000 {
			return no("invalid_limit")
		}
		limit = n
	}
	from := 0
	if cursor := c.arg("cursor"); cursor != "" {
		b, bad := base64.StdEncoding.DecodeString(cursor)
		n, err := strconv.Atoi(string(b))
		if bad != nil || err != nil || n < 0 || n > len(all) {
			return no("invalid_cursor")
		}
		from = n
	}
	rest, next := all[from:], ""
	if len(rest) > limit {
		rest, next = rest[:limit], base64.StdEncoding.EncodeToString([]byte(itoa(from+limit)))
	}
	if rest == nil {
		rest = []object{}
	}
	return object{"ok": true, key: slices.Clone(rest), "has_more": next != "", "response_metadata": object{"next_cursor": next}}
}

func (ch *channel) json() object {
	return object{
		"id": ch.id, "name": ch.name, "is_channel": ch.kind == "channel", "is_group": ch.kind == "group", "is_im": ch.kind == "im",
		"is_private": ch.kind != "channel", "is_archived": ch.archived, "user": ch.user, "is_member": ch.has(BotUser),
	}
}

func (c *call) conversationInfo() object {
	ch := c.s.channels[c.arg("channel")]
	if ch == nil || ch.kind == "group" && !ch.has(BotUser) {
		return no("channel_not_found")
	}
	if needs := listScope(ch.kind); !c.s.scope(needs) {
		return missing([]string{needs}, c.s.opts.Scopes)
	}
	return object{"ok": true, "channel": ch.json()}
}

func listScope(kind string) string {
	return map[string]string{"channel": "channels:read", "group": "groups:read", "im": "im:read"}[kind]
}

func (c *call) conversations() object {
	var all []object
	types := strings.Split(c.arg("types"), ",")
	for _, t := range types {
		kind, known := map[string]string{"": "channel", "public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}[t]
		if !known {
			return no("invalid_types")
		}
		if needs := listScope(kind); !c.s.scope(needs) {
			return missing([]string{needs}, c.s.opts.Scopes)
		}
		for _, id := range sorted(c.s.channels) {
			ch := c.s.channels[id]
			if ch.kind == kind && ch.has(BotUser) && !(ch.archived && c.yes("exclude_archived")) {
				all = append(all, ch.json())
			}
		}
	}
	return c.page("channels", all)
}

func (c *call) members() object {
	ch := c.s.channels[c.arg("channel")]
	if ch == nil {
		return no("channel_not_found")
	}
	var all []object
	for _, m := range ch.members {
		all = append(all, object{"id": m})
	}
	a := c.page("members", all)
	if list, ok := a["members"].([]object); ok {
		ids := []string{}
		for _, x := range list {
			ids = append(ids, x["id"].(string))
		}
		a["members"] = ids
	}
	return a
}

func (s *Server) account(p *person) object {
	return object{
		"id": p.ID, "team_id": s.opts.Team, "name": p.Handle, "deleted": p.Deleted, "is_bot": p.Bot, "tz": p.Zone,
		"profile": object{"display_name": p.Name, "real_name": p.Name},
	}
}

func (c *call) userInfo() object {
	p := c.s.people[c.arg("user")]
	if p == nil {
		return no("user_not_found")
	}
	a := c.s.account(p)
	if c.yes("include_locale") {
		a["locale"] = p.Locale
	}
	return object{"ok": true, "user": a}
}

func (c *call) users() object {
	var all []object
	for _, id := range sorted(c.s.people) {
		all = append(all, c.s.account(c.s.people[id]))
	}
	return c.page("members", all)
}

func (c *call) byEmail() object {
	for _, p := range c.s.people {
		if p.Email != "" && strings.EqualFold(p.Email, c.arg("email")) {
			return object{"ok": true, "user": c.s.account(p)}
		}
	}
	return no("users_not_found")
}

func (c *call) usergroups() object {
	all := []object{}
	for _, g := range c.s.groups {
		all = append(all, object{"id": g.id, "handle": g.handle, "name": g.handle, "is_usergroup": true})
	}
	return object{"ok": true, "usergroups": all}
}

func (c *call) groupUsers() object {
	for _, g := range c.s.groups {
		if g.id == c.arg("usergroup") {
			return object{"ok": true, "users": slices.Clone(g.users)}
		}
	}
	return no("no_such_subteam")
}

func sorted[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
