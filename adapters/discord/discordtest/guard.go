package discordtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"time"
)

var agent = regexp.MustCompile(`^DiscordBot \(\S+, \S+\)`)

// guarded lets a request in that the service would let in. An interaction's token is a credential of its own.
func (s *Server) guarded(api http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(io.LimitReader(r.Body, 26<<20))
		r.Body = io.NopCloser(bytes.NewReader(body))
		s.mu.Lock()
		s.requests = append(s.requests, r.Method+" "+tokenless(r.URL.Path))
		wait, gone := s.faults.wait, s.faults.gone
		s.mu.Unlock()
		select {
		case <-time.After(wait):
		case <-s.opened:
		}
		w.Header().Set("X-RateLimit-Limit", "5")
		w.Header().Set("X-RateLimit-Remaining", "4")
		w.Header().Set("X-RateLimit-Reset", strconv.FormatInt(time.Now().Unix()+1, 10))
		w.Header().Set("X-RateLimit-Reset-After", "1.000")
		w.Header().Set("X-RateLimit-Bucket", "80c17d2f203122d936070c88c8d10f33")
		w.Header().Set("Date", s.opts.Now().UTC().Format(http.TimeFormat))
		own := strings.HasPrefix(r.URL.Path, "/interactions/") || strings.HasPrefix(r.URL.Path, "/webhooks/")
		kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
		switch {
		case !agent.MatchString(r.UserAgent()):
			http.Error(w, "error code: 1010", http.StatusForbidden)
		case !own && (gone || r.Header.Get("Authorization") != "Bot "+s.opts.Token):
			unauthorized.write(w)
		case len(body) > 0 && kind != "application/json" && kind != "multipart/form-data":
			wrong("_misc", "CONTENT_TYPE_INVALID", `Expected "Content-Type" header to be one of {'application/json', 'multipart/form-data'}.`).write(w)
		case len(body) > 25<<20:
			refuse(http.StatusRequestEntityTooLarge, 40005, "Request entity too large").write(w)
		default:
			s.serve(api, w, r)
		}
	})
}

// serve answers, or does with a post what it was told to do.
func (s *Server) serve(api http.Handler, w http.ResponseWriter, r *http.Request) {
	f, fails, loses := s.planned(posts(r))
	switch {
	case fails && f.status == 0:
		hangUp(w)
	case fails:
		failed(f).write(w)
	case loses:
		api.ServeHTTP(httptest.NewRecorder(), r)
		hangUp(w)
	default:
		s.held(api, w, r)
	}
}

// held answers, but not before what is held back may go.
func (s *Server) held(api http.Handler, w http.ResponseWriter, r *http.Request) {
	held := s.holding()
	if held == nil || !posts(r) {
		api.ServeHTTP(w, r)
		return
	}
	late := httptest.NewRecorder()
	api.ServeHTTP(late, r)
	select {
	case <-held:
	case <-r.Context().Done():
	case <-s.opened:
	}
	for k, v := range late.Header() {
		w.Header()[k] = v
	}
	w.WriteHeader(late.Code)
	_, _ = w.Write(late.Body.Bytes())
}

func posts(r *http.Request) bool {
	return r.Method == http.MethodPost && (strings.HasSuffix(r.URL.Path, "/messages") || strings.HasSuffix(r.URL.Path, "/callback") || strings.HasPrefix(r.URL.Path, "/webhooks/"))
}

func failed(f failure) *refusal {
	out := &refusal{status: f.status, message: fmt.Sprintf("%d: %s", f.status, http.StatusText(f.status)), header: f.header}
	if f.status == http.StatusTooManyRequests {
		seconds, _ := strconv.ParseFloat(f.header.Get("Retry-After"), 64)
		out.message, out.extra = "You are being rate limited.", map[string]any{"retry_after": seconds, "global": f.header.Get("X-RateLimit-Global") != ""}
	}
	return out
}

func hangUp(w http.ResponseWriter) {
	if h, ok := w.(http.Hijacker); ok {
		if conn, _, err := h.Hijack(); err == nil {
			_ = conn.Close()
		}
	}
}

// tokenless leaves the token out of an interaction's path.
func tokenless(path string) string {
	parts := strings.Split(path, "/")
	if len(parts) > 3 && (parts[1] == "interactions" || parts[1] == "webhooks") {
		parts[3] = "…"
	}
	return strings.Join(parts, "/")
}

// decoded reads a body, be it JSON or a form with files, into v and gives the files.
func decoded(r *http.Request, v any) ([]file, *refusal) {
	kind, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind != "multipart/form-data" {
		if json.NewDecoder(r.Body).Decode(v) != nil {
			return nil, badJSON
		}
		return nil, nil
	}
	form, err := multipart.NewReader(r.Body, params["boundary"]).ReadForm(32 << 20)
	if err != nil {
		return nil, badJSON
	}
	defer form.RemoveAll()
	if payload := form.Value["payload_json"]; len(payload) != 1 || json.Unmarshal([]byte(payload[0]), v) != nil {
		return nil, badJSON
	}
	var files []file
	for name, headers := range form.File {
		if !strings.HasPrefix(name, "files[") || len(headers) != 1 {
			return nil, wrong("files", "FILE_NAME_INVALID", "Unknown file field.")
		}
		opened, err := headers[0].Open()
		if err != nil {
			return nil, badJSON
		}
		content, _ := io.ReadAll(opened)
		_ = opened.Close()
		files = append(files, file{strings.TrimSuffix(strings.TrimPrefix(name, "files["), "]"), headers[0].Filename, content})
	}
	return files, nil
}

type file struct {
	id, name string
	content  []byte
}
