package mattermosttest

import (
	"net/http"
	"slices"
	"strings"
)

// account gives a user as others see it.
func (s *Server) account(u *User) map[string]any {
	roles := "system_user"
	return map[string]any{
		"id": u.ID, "username": u.Username, "first_name": u.FirstName, "last_name": u.LastName, "nickname": u.Nickname,
		"email": u.Email, "locale": u.Locale, "is_bot": u.IsBot, "roles": roles, "create_at": 1, "update_at": 1, "delete_at": 0,
		"timezone": map[string]string{"useAutomaticTimezone": "true", "automaticTimezone": u.Zone, "manualTimezone": ""},
	}
}

func (s *Server) getMe(*http.Request) (int, any) { return 200, s.account(s.self) }

func (s *Server) getUser(r *http.Request) (int, any) {
	id := r.PathValue("id")
	if !s.isID(id) {
		return no(400, "api.context.invalid_url_param.app_error")
	}
	u := s.users[id]
	if u == nil {
		return no(404, "app.user.missing_account.const")
	}
	return 200, s.account(u)
}

func (s *Server) usersByIDs(r *http.Request) (int, any) {
	var ids []string
	if !decode(r, &ids) || len(ids) == 0 {
		return no(400, "api.context.invalid_body_param.app_error")
	}
	found := []any{}
	for _, id := range ids {
		if u := s.users[id]; u != nil {
			found = append(found, s.account(u))
		}
	}
	return 200, found
}

func (s *Server) usersByNames(r *http.Request) (int, any) {
	var names []string
	if !decode(r, &names) || len(names) == 0 {
		return no(400, "api.context.invalid_body_param.app_error")
	}
	found := []any{}
	for _, n := range names {
		if u := s.userNamed(n); u != nil {
			found = append(found, s.account(u))
		}
	}
	return 200, found
}

// getOfUser serves three routes that the library's patterns cannot tell apart.
func (s *Server) getOfUser(r *http.Request) (int, any) {
	switch {
	case r.PathValue("id") == "username":
		return s.getUserNamed(r.PathValue("what"))
	case r.PathValue("id") == "email":
		return s.getUserByEmail(r.PathValue("what"))
	case r.PathValue("what") == "teams":
		return s.getTeams(r)
	}
	return no(404, "api.context.404.app_error")
}

func (s *Server) getUserNamed(name string) (int, any) {
	if u := s.userNamed(name); u != nil {
		return 200, s.account(u)
	}
	return no(404, "app.user.get_by_username.app_error")
}

func (s *Server) getUserByEmail(email string) (int, any) {
	for _, u := range s.users {
		if u.Email != "" && strings.EqualFold(u.Email, email) {
			return 200, s.account(u)
		}
	}
	return no(404, "app.user.missing_account.const")
}

func (s *Server) usersInGroup(r *http.Request) (int, any) {
	found := []any{}
	name := strings.TrimPrefix(r.URL.Query().Get("in_group"), "group")
	if number(r, "page", 0) == 0 {
		for _, id := range s.groups[strings.Trim(name, "0")] {
			found = append(found, s.account(s.users[id]))
		}
	}
	return 200, found
}

// groupID is an identifier made of a group's name.
func groupID(name string) string { return "group" + name + strings.Repeat("0", 21-len(name)) }

func (s *Server) getGroups(r *http.Request) (int, any) {
	if !s.opt.Groups {
		return no(501, "api.ldap_groups.license_error")
	}
	found := []any{}
	for name := range s.groups {
		if strings.Contains(name, r.URL.Query().Get("q")) {
			found = append(found, map[string]any{"id": groupID(name), "name": name, "display_name": name, "source": "custom", "allow_reference": true})
		}
	}
	return 200, found
}

func (s *Server) getTeams(r *http.Request) (int, any) {
	if r.PathValue("id") != s.self.ID {
		return forbidden()
	}
	found := []any{}
	for _, t := range s.teams {
		if t.members[s.self.ID] {
			found = append(found, map[string]any{"id": t.ID, "name": t.Name, "display_name": t.Name, "type": "O"})
		}
	}
	return 200, found
}

func (s *Server) getTeamMember(r *http.Request) (int, any) {
	t := s.team(r.PathValue("team"))
	if t == nil || !t.members[r.PathValue("user")] {
		return no(404, "app.team.get_member.missing.app_error")
	}
	return 200, map[string]any{"team_id": t.ID, "user_id": r.PathValue("user"), "roles": "team_user"}
}

func (s *Server) info(c *Channel) map[string]any {
	deleted := int64(0)
	if c.Archived {
		deleted = 1
	}
	return map[string]any{
		"id": c.ID, "team_id": c.Team, "name": c.Name, "type": c.Type, "display_name": c.Name, "delete_at": deleted,
		"create_at": 1, "last_post_at": c.lastPost,
	}
}

func (s *Server) getChannels(r *http.Request) (int, any) {
	t := s.team(r.PathValue("team"))
	if r.PathValue("id") != s.self.ID || t == nil || !t.members[s.self.ID] {
		return forbidden()
	}
	found := []any{}
	for _, c := range s.channelsOf(s.self.ID, t.ID) {
		found = append(found, s.info(c))
	}
	return 200, found
}

func (s *Server) getChannel(r *http.Request) (int, any) {
	c := s.channels[r.PathValue("id")]
	switch {
	case !s.isID(r.PathValue("id")):
		return no(400, "api.context.invalid_url_param.app_error")
	case c == nil:
		return no(404, "app.channel.get.existing.app_error")
	case !s.visible(c):
		return forbidden()
	}
	return 200, s.info(c)
}

// visible says whether the bot may look at a channel: it is in it, or it is open and in one of the bot's teams.
func (s *Server) visible(c *Channel) bool {
	t := s.team(c.Team)
	return c.members[s.self.ID] || c.Type == "O" && t != nil && t.members[s.self.ID]
}

func (s *Server) getChannelNamed(r *http.Request) (int, any) {
	c := s.channelNamed(r.PathValue("team"), r.PathValue("name"))
	if c == nil || !s.visible(c) {
		return no(404, "app.channel.get_by_name.missing.app_error")
	}
	return 200, s.info(c)
}

func (s *Server) getMembers(r *http.Request) (int, any) {
	c := s.channels[r.PathValue("id")]
	if c == nil || !s.visible(c) {
		return forbidden()
	}
	var ids []string
	for u, in := range c.members {
		if in {
			ids = append(ids, u)
		}
	}
	slices.Sort(ids)
	from, size := number(r, "page", 0)*number(r, "per_page", 60), number(r, "per_page", 60)
	found := []any{}
	for i := from; i < len(ids) && i < from+size; i++ {
		found = append(found, map[string]any{"channel_id": c.ID, "user_id": ids[i], "roles": "channel_user"})
	}
	return 200, found
}

func (s *Server) getMember(r *http.Request) (int, any) {
	c := s.channels[r.PathValue("id")]
	if c == nil || !s.visible(c) {
		return forbidden()
	}
	if !c.members[r.PathValue("user")] {
		return no(404, "app.channel.get_member.missing.app_error")
	}
	return 200, map[string]any{"channel_id": c.ID, "user_id": r.PathValue("user"), "roles": "channel_user"}
}

func (s *Server) createDirect(r *http.Request) (int, any) {
	var ids []string
	if !decode(r, &ids) || len(ids) != 2 || !s.isID(ids[0]) || !s.isID(ids[1]) {
		return no(400, "api.context.invalid_body_param.app_error")
	}
	if !slices.Contains(ids, s.self.ID) {
		return forbidden()
	}
	for _, id := range ids {
		if s.users[id] == nil {
			return no(404, "app.user.missing_account.const")
		}
	}
	return 201, s.info(s.conversation(ids[0], ids[1]))
}

func (s *Server) getConfig(*http.Request) (int, any) { return 200, s.config }

func (s *Server) getRoles(*http.Request) (int, any) {
	return 200, []any{map[string]any{"name": "system_user", "permissions": []string{"create_post", "use_channel_mentions", "edit_post", "delete_post"}}}
}
