package slacktest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
)

// upload is a file on its way, or there.
type upload struct {
	id     string
	length int
	png    []byte
	done   bool
}

func (c *call) uploadURL() object {
	n, err := strconv.Atoi(c.arg("length"))
	if err != nil || n < 1 {
		return no("invalid_arguments")
	}
	if len([]rune(c.arg("alt_txt"))) > 1000 {
		return no("alt_txt_too_large")
	}
	u := &upload{id: c.s.next("F"), length: n}
	ticket := secret()
	c.s.uploads[ticket] = u
	c.s.uploads[u.id] = u
	return object{"ok": true, "upload_url": c.s.http.URL + "/upload/" + ticket, "file_id": u.id}
}

// receive takes the bytes of a file.
func (s *Server) receive(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 8<<20))
	s.mu.Lock()
	defer s.mu.Unlock()
	u := s.uploads[r.PathValue("ticket")]
	if u == nil || u.png != nil || err != nil || r.Method != http.MethodPost || len(body) != u.length || u.id == r.PathValue("ticket") {
		http.Error(w, "bad upload", http.StatusBadRequest)
		return
	}
	u.png = body
	_, _ = io.WriteString(w, "OK - "+itoa(len(body)))
}

func (c *call) completeUpload() object {
	var files []struct{ ID, Title string }
	if json.Unmarshal([]byte(c.arg("files")), &files) != nil || len(files) == 0 {
		return no("invalid_arguments")
	}
	done := []object{}
	for _, f := range files {
		u := c.s.uploads[f.ID]
		if u == nil || u.png == nil {
			return no("file_not_found")
		}
		u.done = true
		done = append(done, object{"id": f.ID, "title": f.Title})
	}
	return object{"ok": true, "files": done}
}

// HoldFiles refuses so many messages that show a file, as Slack does while it still works on one.
func (s *Server) HoldFiles(messages int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.unready = messages
}

// shows tells whether a file can stand in an image block.
func (s *Server) shows(id string) bool {
	if s.unready > 0 {
		s.unready--
		return false
	}
	u := s.uploads[id]
	return u != nil && u.id == id && u.done && bytes.HasPrefix(u.png, []byte("\x89PNG"))
}
