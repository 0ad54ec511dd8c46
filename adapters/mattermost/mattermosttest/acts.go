package mattermosttest

import (
	"errors"
	"maps"
)

var errRefused = errors.New("mattermosttest: the server does not let this person do that")

// Say posts somebody's text in a channel, in a thread where a root is given, and gives the post's identifier.
func (s *Server) Say(user, channel, root, text string) (string, error) {
	return s.SayWith(user, Post{ChannelID: channel, RootID: root, Message: text})
}

// SayWith posts with properties, files or a type of one's own, as programs do.
func (s *Server) SayWith(user string, p Post) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p.UserID, p.Props = user, maps.Clone(p.Props)
	if no := s.create(&p); no != nil {
		return "", errors.New("mattermosttest: " + no.ID)
	}
	return p.ID, nil
}

// Tell says something to the bot in private.
func (s *Server) Tell(user, text string) (string, error) {
	s.mu.Lock()
	c := s.conversation(user, s.self.ID)
	s.mu.Unlock()
	return s.Say(user, c.ID, "", text)
}

// Edit changes somebody's own post.
func (s *Server) Edit(user, post, text string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	p, c := s.own(user, post)
	if p == nil {
		return errRefused
	}
	at := s.now()
	s.keepFormer(p, at)
	p.Message, p.EditAt, p.UpdateAt = text, at, at
	s.announcePost("post_edited", p, c)
	return nil
}

// Pin pins a post, of which the server tells as of an edit.
func (s *Server) Pin(post string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.posts[post]
	if p == nil {
		return errRefused
	}
	at := s.now()
	s.keepFormer(p, at)
	p.IsPinned, p.UpdateAt = true, at
	s.announcePost("post_edited", p, s.channels[p.ChannelID])
	return nil
}

// Delete removes somebody's own post.
func (s *Server) Delete(user, post string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	p, c := s.own(user, post)
	if p == nil {
		return errRefused
	}
	s.remove(p, c, user)
	return nil
}

func (s *Server) own(user, post string) (*Post, *Channel) {
	p := s.posts[post]
	if p == nil || p.UserID != user || p.DeleteAt > 0 {
		return nil, nil
	}
	return p, s.channels[p.ChannelID]
}

// React sets or takes back somebody's reaction.
func (s *Server) React(user, post, emoji string, present bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.posts[post]
	if p == nil || p.DeleteAt > 0 || !s.channels[p.ChannelID].members[user] {
		return errRefused
	}
	if present {
		s.react(p, s.channels[p.ChannelID], user, emoji)
	} else {
		s.unreact(p, s.channels[p.ChannelID], user, emoji)
	}
	return nil
}

// Invite lets somebody else into a channel. The server posts so, and tells so.
func (s *Server) Invite(by, channel, user string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, u := s.channels[channel], s.users[user]
	if c == nil || u == nil || !c.members[by] || !s.team(c.Team).members[user] {
		return errRefused
	}
	c.members[user] = true
	s.broadcast("user_added", map[string]any{"user_id": user, "team_id": c.Team}, c.ID, "", "")
	s.keep(&Post{
		ChannelID: channel, UserID: by, Type: "system_add_to_channel", Message: u.Username + " added to the channel.",
		Props: map[string]any{"addedUserId": user, "addedUsername": u.Username, "userId": by},
	}, c)
	return nil
}

// Leave lets somebody leave a channel.
func (s *Server) Leave(user, channel string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channels[channel]
	if c == nil || !c.members[user] {
		return errRefused
	}
	s.keep(&Post{ChannelID: channel, UserID: user, Type: "system_leave_channel", Message: "left the channel.", Props: map[string]any{"username": s.users[user].Username}}, c)
	s.broadcast("user_removed", map[string]any{"user_id": user, "remover_id": user}, c.ID, "", "")
	if user == s.self.ID {
		s.broadcast("user_removed", map[string]any{"channel_id": c.ID, "remover_id": user}, "", user, "")
	}
	delete(c.members, user)
	return nil
}
