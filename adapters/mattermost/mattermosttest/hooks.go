package mattermosttest

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
)

// responseHook is what stands behind a response URL: five answers within half an hour.
type responseHook struct {
	user, channel string
	until         int64
	left          int
}

// response is an answer to a command, at once or through its response URL.
type response struct {
	Type        string           `json:"response_type"`
	Text        string           `json:"text"`
	Attachments []map[string]any `json:"attachments"`
	Skip        bool             `json:"skip_slack_parsing"`
}

// Request is what the server sends to one of the bot's doors.
type Request struct {
	URL, ContentType, Authorization string
	Body                            []byte
}

// newTrigger makes a trigger; the caller holds the lock.
func (s *Server) newTrigger(user, channel, team string) string {
	life := int64(30_000)
	if s.opt.Old {
		life = 3_000
	}
	at := s.now()
	id := base64.StdEncoding.EncodeToString(fmt.Appendf(nil, "%s:%s:%d:signature", s.id(), user, at))
	s.triggers[id] = trigger{channel: channel, team: team, user: user, until: at + life}
	return id
}

// CommandRequest makes the request by which the server tells of a command; text is what follows "/gofirst".
func (s *Server) CommandRequest(user, channel, text string) (Request, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channels[channel]
	if c == nil || !c.members[user] {
		return Request{}, errRefused
	}
	team := c.Team
	if team == "" {
		team = s.teams[0].ID // the one that the person looks at
	}
	var cmd *Command
	for _, x := range s.commands {
		if x.TeamID == team && x.Trigger == "gofirst" {
			cmd = x
		}
	}
	if cmd == nil {
		return Request{}, errors.New("mattermosttest: api.command.execute_command.not_found.app_error")
	}
	hook := s.id()
	s.hooks[hook] = &responseHook{user: user, channel: channel, until: s.opt.Now().UnixMilli() + 30*60_000, left: 5}
	form := url.Values{
		"token": {cmd.Token}, "team_id": {team}, "team_domain": {s.team(team).Name}, "channel_id": {channel}, "channel_name": {c.Name},
		"user_id": {user}, "user_name": {s.users[user].Username}, "command": {"/gofirst"}, "text": {text},
		"trigger_id": {s.newTrigger(user, channel, team)}, "response_url": {s.URL() + "/hooks/commands/" + hook},
	}
	if !s.opt.Old {
		for _, word := range strings.Fields(text) {
			if u := s.userNamed(strings.TrimPrefix(word, "@")); strings.HasPrefix(word, "@") && u != nil {
				form.Add("user_mentions", u.Username)
				form.Add("user_mentions_ids", u.ID)
			}
		}
	}
	return Request{URL: cmd.URL, ContentType: "application/x-www-form-urlencoded", Authorization: "Token " + cmd.Token, Body: []byte(form.Encode())}, nil
}

// Command gives a command: text is what follows "/gofirst". The error is what the person would be shown.
func (s *Server) Command(user, channel, text string) error {
	req, err := s.CommandRequest(user, channel, text)
	if err != nil {
		return err
	}
	answer, kind, err := s.call(req)
	if err != nil {
		return err
	}
	r := response{Text: string(answer)}
	if kind == "application/json" {
		r = response{}
		if err := json.Unmarshal(answer, &r); err != nil {
			return errors.New("mattermosttest: the command's answer is no JSON")
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.respond(r, user, channel)
}

// respond shows an answer: to the person alone, or to all under the person's own account.
func (s *Server) respond(r response, user, channel string) error {
	p := &Post{ChannelID: channel, UserID: user, Message: r.Text, Props: map[string]any{"from_webhook": "true"}, replyTo: "command"}
	if !r.Skip {
		p.Message = slackLinks(p.Message)
	}
	if len(r.Attachments) > 0 {
		p.Props["attachments"] = r.Attachments
	}
	if no := checkActions(p.actions()); no != nil {
		return errors.New("mattermosttest: " + no.ID)
	}
	switch {
	case r.Type == "in_channel":
		if no := s.create(p); no != nil {
			return errors.New("mattermosttest: " + no.ID)
		}
	case r.Text != "" || len(r.Attachments) > 0:
		s.whisper(p, user)
	}
	return nil
}

// whisper shows a post to one person.
func (s *Server) whisper(p *Post, user string) {
	p.ID, p.CreateAt, p.only, p.Type = s.id(), s.now(), user, "system_ephemeral"
	s.posts[p.ID] = p
	s.order = append(s.order, p.ID)
}

// slackLinks is what the server makes of "<address|words>" unless it is told not to.
func slackLinks(text string) string {
	for {
		from := strings.Index(text, "<http")
		if from < 0 {
			return text
		}
		to := strings.Index(text[from:], ">")
		if to < 0 {
			return text
		}
		address, words, ok := strings.Cut(text[from+1:from+to], "|")
		if !ok {
			return text
		}
		text = text[:from] + "[" + words + "](" + address + ")" + text[from+to+1:]
	}
}

func (s *Server) serveResponse(w http.ResponseWriter, r *http.Request) {
	var x response
	if !decode(r, &x) {
		writeRefusal(w, refused(400, "api.command.command_webhook.parse.app_error"))
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	h := s.hooks[r.PathValue("id")]
	switch {
	case h == nil || s.opt.Now().UnixMilli() > h.until:
		writeRefusal(w, refused(404, "app.command_webhook.get.missing"))
		return
	case h.left == 0:
		writeRefusal(w, refused(400, "app.command_webhook.try_use.invalid"))
		return
	}
	h.left--
	if err := s.respond(x, h.user, h.channel); err != nil {
		writeRefusal(w, refused(400, "api.command.command_webhook.parse.app_error"))
		return
	}
	w.Header().Set("Content-Type", "text/plain")
	_, _ = io.WriteString(w, "ok")
}

// call sends a request to a door. All but 200 is an error.
func (s *Server) call(r Request) (answer []byte, kind string, err error) {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return nil, "", errRefused
	}
	s.calls.Add(1)
	s.mu.Unlock()
	defer s.calls.Done()
	req, err := r.HTTP()
	if err != nil {
		return nil, "", err
	}
	got, err := s.out.Do(req)
	if err != nil {
		return nil, "", errors.New("mattermosttest: the door cannot be reached")
	}
	defer got.Body.Close()
	answer, err = io.ReadAll(io.LimitReader(got.Body, 1<<20))
	if got.StatusCode != http.StatusOK || err != nil {
		return nil, "", fmt.Errorf("mattermosttest: the door answers with status %d", got.StatusCode)
	}
	kind, _, _ = mime.ParseMediaType(got.Header.Get("Content-Type"))
	return answer, kind, nil
}

// HTTP gives the request as one of package http.
func (r Request) HTTP() (*http.Request, error) {
	req, err := http.NewRequest(http.MethodPost, r.URL, bytes.NewReader(r.Body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", r.ContentType)
	req.Header.Set("Accept", "application/json")
	if r.Authorization != "" {
		req.Header.Set("Authorization", r.Authorization)
	}
	return req, nil
}
