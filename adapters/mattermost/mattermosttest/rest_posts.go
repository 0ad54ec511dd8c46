package mattermosttest

import (
	"cmp"
	"hash/crc32"
	"io"
	"maps"
	"net/http"
	"slices"
	"unicode/utf8"
)

// postList is posts as the API gives them: identifiers, the latest first, and the posts by identifier.
type postList struct {
	Order []string         `json:"order"`
	Posts map[string]*Post `json:"posts"`
	Next  string           `json:"next_post_id"`
	Prev  string           `json:"prev_post_id"`
}

// sinceMost is how many posts a question with "since" gives at most.
const sinceMost = 1000

func (s *Server) getPosts(r *http.Request) (int, any) {
	c := s.channels[r.PathValue("id")]
	if c == nil || c.hidden || !s.visible(c) {
		return forbidden()
	}
	all := s.inChannel(c.ID)
	if since := number(r, "since", 0); since > 0 {
		return 200, s.listSince(all, int64(since))
	}
	all = slices.DeleteFunc(all, func(p *Post) bool { return p.DeleteAt > 0 })
	size := number(r, "per_page", 60)
	if size > 200 {
		size = 200
	}
	if after := r.URL.Query().Get("after"); after != "" {
		p := s.posts[after]
		if p == nil {
			return no(404, "app.post.get.app_error")
		}
		all = slices.DeleteFunc(all, func(q *Post) bool { return q.CreateAt <= p.CreateAt })
		return 200, s.list(all[:min(size, len(all))])
	}
	end := max(0, len(all)-number(r, "page", 0)*size)
	return 200, s.list(all[max(0, end-size):end])
}

// inChannel gives a channel's posts, oldest first.
func (s *Server) inChannel(channel string) (all []*Post) {
	for _, id := range s.order {
		if p := s.posts[id]; p.ChannelID == channel && p.only == "" {
			all = append(all, p)
		}
	}
	return all
}

// listSince gives what was changed, deleted posts and former versions of posts among them, and the roots of changed
// replies as a bonus. Where that is too much, it is left to chance what is given.
func (s *Server) listSince(all []*Post, since int64) postList {
	found := slices.DeleteFunc(all, func(p *Post) bool { return p.UpdateAt <= since })
	if len(found) > sinceMost {
		chance := func(p *Post) uint32 { return crc32.ChecksumIEEE([]byte(p.ID)) }
		slices.SortFunc(found, func(p, q *Post) int { return cmp.Compare(chance(p), chance(q)) })
		found = found[:sinceMost]
		slices.SortFunc(found, func(p, q *Post) int { return cmp.Compare(p.CreateAt, q.CreateAt) })
	}
	l := s.list(found)
	for _, p := range found {
		if root := s.posts[p.RootID]; root != nil {
			l.Posts[root.ID] = root.seen()
		}
	}
	return l
}

func (s *Server) list(posts []*Post) postList {
	l := postList{Order: []string{}, Posts: map[string]*Post{}}
	for _, p := range slices.Backward(posts) {
		l.Order = append(l.Order, p.ID)
		l.Posts[p.ID] = p.seen()
	}
	return l
}

// standing gives a post that is there and that the bot may see.
func (s *Server) standing(id string) (*Post, *Channel) {
	p := s.posts[id]
	if p == nil || p.DeleteAt > 0 {
		return nil, nil
	}
	c := s.channels[p.ChannelID]
	if !s.visible(c) {
		return nil, nil
	}
	return p, c
}

func (s *Server) getPost(r *http.Request) (int, any) {
	p, _ := s.standing(r.PathValue("id"))
	if p == nil {
		return no(404, "app.post.get.app_error")
	}
	return 200, p.seen()
}

func (s *Server) patchPost(r *http.Request) (int, any) {
	var patch struct {
		Message *string         `json:"message"`
		Props   *map[string]any `json:"props"`
		FileIDs *[]string       `json:"file_ids"`
	}
	if !decode(r, &patch) {
		return no(400, "api.context.invalid_body_param.app_error")
	}
	p, c := s.standing(r.PathValue("id"))
	if p == nil || p.UserID != s.self.ID || !c.members[s.self.ID] {
		return forbidden()
	}
	changed := *p
	if patch.Message != nil {
		changed.Message = *patch.Message
	}
	if patch.Props != nil {
		changed.Props = maps.Clone(*patch.Props) // replaced, not merged
		if changed.Props == nil {
			changed.Props = map[string]any{}
		}
		changed.Props["from_bot"] = "true"
	}
	if utf8.RuneCountInString(changed.Message) > maxRunes {
		return no(400, "model.post.is_valid.message_length.app_error")
	}
	if no := checkActions(changed.actions()); no != nil {
		return no.Status, no
	}
	changed.UpdateAt = s.now()
	s.keepFormer(p, changed.UpdateAt)
	if changed.Message != p.Message {
		changed.EditAt = changed.UpdateAt
	}
	*p = changed
	s.announcePost("post_edited", p, c)
	return 200, p.seen()
}

func (s *Server) deletePost(r *http.Request) (int, any) {
	p, c := s.standing(r.PathValue("id"))
	switch {
	case p == nil:
		return no(404, "app.post.get.app_error")
	case p.UserID != s.self.ID:
		return forbidden()
	}
	s.remove(p, c, s.self.ID)
	return 200, map[string]string{"status": "OK"}
}

// keepFormer keeps the version of a post that is about to be changed, as a deleted post of its own.
func (s *Server) keepFormer(p *Post, at int64) {
	former := *p
	former.ID, former.OriginalID, former.UpdateAt, former.DeleteAt = s.id(), p.ID, at, at
	s.posts[former.ID] = &former
	s.order = append(s.order, former.ID)
}

// remove deletes a post, and its thread with it; one event tells of the root alone.
func (s *Server) remove(p *Post, c *Channel, by string) {
	told := p.seen()
	p.DeleteAt = s.now()
	p.UpdateAt = p.DeleteAt
	p.Message = ""
	for _, q := range s.posts {
		if q.RootID == p.ID && q.DeleteAt == 0 {
			q.DeleteAt, q.UpdateAt = p.DeleteAt, p.DeleteAt
		}
	}
	data := map[string]any{"post": inString(told)}
	if !s.opt.Old {
		told.DeleteAt, told.UpdateAt = p.DeleteAt, p.DeleteAt
		data["post"], data["delete_by"] = inString(told), by
	}
	s.broadcast("post_deleted", data, c.ID, "", "")
}

func (s *Server) saveReaction(r *http.Request) (int, any) {
	var x struct {
		UserID string `json:"user_id"`
		PostID string `json:"post_id"`
		Emoji  string `json:"emoji_name"`
	}
	if !decode(r, &x) || !s.isID(x.PostID) || x.Emoji == "" || len(x.Emoji) > 64 {
		return no(400, "api.reaction.save_reaction.invalid.app_error")
	}
	p, c := s.standing(x.PostID)
	if x.UserID != s.self.ID || p == nil || !c.members[s.self.ID] {
		return forbidden()
	}
	return 201, s.react(p, c, s.self.ID, x.Emoji)
}

// react sets a reaction, and tells so even where it was set before.
func (s *Server) react(p *Post, c *Channel, user, emoji string) map[string]any {
	at := s.now()
	p.reactions[user+" "+emoji] = at
	p.UpdateAt = at
	x := map[string]any{"user_id": user, "post_id": p.ID, "emoji_name": emoji, "create_at": at, "update_at": at, "delete_at": 0, "channel_id": c.ID}
	s.broadcast("reaction_added", map[string]any{"reaction": inString(x)}, c.ID, "", "")
	return x
}

func (s *Server) deleteReaction(r *http.Request) (int, any) {
	p, c := s.standing(r.PathValue("post"))
	if r.PathValue("user") != s.self.ID || p == nil {
		return forbidden()
	}
	s.unreact(p, c, s.self.ID, r.PathValue("emoji"))
	return 200, map[string]string{"status": "OK"}
}

func (s *Server) unreact(p *Post, c *Channel, user, emoji string) {
	if _, ok := p.reactions[user+" "+emoji]; !ok {
		return
	}
	delete(p.reactions, user+" "+emoji)
	at := s.now()
	p.UpdateAt = at
	x := map[string]any{"user_id": user, "post_id": p.ID, "emoji_name": emoji, "create_at": 0, "update_at": at, "delete_at": at}
	if s.opt.Old {
		x["update_at"], x["delete_at"] = 0, 0
	}
	s.broadcast("reaction_removed", map[string]any{"reaction": inString(x)}, c.ID, "", "")
}

// File is a file that was sent.
type File struct {
	ID, Channel, Name string
	Data              []byte
}

// uploadFile takes a file for a channel, as a form with the parts "channel_id" and "files".
func (s *Server) uploadFile(r *http.Request) (int, any) {
	if err := r.ParseMultipartForm(50 << 20); err != nil {
		return no(400, "api.file.upload_file.read_request.app_error")
	}
	c := s.channels[r.FormValue("channel_id")]
	if c == nil || !c.members[s.self.ID] {
		return forbidden()
	}
	part, header, err := r.FormFile("files")
	if err != nil {
		return no(400, "api.file.upload_file.no_parts.app_error")
	}
	data, err := io.ReadAll(part)
	if err != nil {
		return no(400, "api.file.upload_file.read_request.app_error")
	}
	f := File{ID: s.id(), Channel: c.ID, Name: header.Filename, Data: data}
	s.files[f.ID] = f
	return 201, map[string]any{"file_infos": []any{map[string]any{"id": f.ID, "name": f.Name, "size": len(data)}}, "client_ids": []string{}}
}

// Files gives what was sent with a post.
func (s *Server) Files(post string) (found []File) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p := s.posts[post]; p != nil {
		for _, id := range p.FileIDs {
			found = append(found, s.files[id])
		}
	}
	return found
}
