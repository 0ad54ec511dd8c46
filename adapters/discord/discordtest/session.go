package discordtest

import (
	"encoding/json"
	"slices"
	"strconv"
	"time"
)

func (s *Server) identify(l *line, d json.RawMessage) (_ *session, code int, why string) {
	var id struct {
		Token      string            `json:"token"`
		Properties map[string]string `json:"properties"`
		Intents    *int              `json:"intents"`
		Shard      *[2]int           `json:"shard"`
		Presence   json.RawMessage   `json:"presence"`
	}
	if json.Unmarshal(d, &id) != nil || !described(id.Properties) || id.Intents == nil || !present(id.Presence) {
		return nil, closeDecode, "Error while decoding payload."
	}
	if id.Token != s.opts.Token {
		return nil, closeAuthentication, "Authentication failed."
	}
	if id.Shard == nil {
		id.Shard = &[2]int{0, 1}
	}
	switch shard := *id.Shard; {
	case shard[0] < 0 || shard[0] >= shard[1]:
		return nil, closeShard, "Invalid shard."
	case shard[1] < s.opts.Shards:
		return nil, closeShardingNeeded, "Sharding required."
	case s.opts.WithoutContent && *id.Intents&intentContent != 0, s.opts.WithoutMembers && *id.Intents&intentMembers != 0:
		return nil, closeIntents, "Disallowed intent(s)."
	}
	bucket := id.Shard[0] % s.opts.MaxConcurrency
	if last, ok := s.starts[bucket]; ok && time.Since(last) < s.opts.IdentifyWindow {
		l.send([]byte(`{"op":9,"d":false,"s":null,"t":null}`))
		return nil, 0, ""
	}
	s.starts[bucket] = time.Now()
	x := &session{id: "session-" + s.snowflake(), shard: *id.Shard, intents: *id.Intents, line: l}
	s.sessions[x.id] = x
	if l.beaten {
		s.ready(x)
	} else {
		l.begun = x
	}
	return x, 0, ""
}

// described says that a client has told what it is, by the names of the documents.
func described(properties map[string]string) bool {
	return properties["os"] != "" && properties["browser"] != "" && properties["device"] != ""
}

// present says that a presence is one, if there is any.
func present(body json.RawMessage) bool {
	var p struct {
		Since      *int64             `json:"since"`
		Activities *[]json.RawMessage `json:"activities"`
		Status     string             `json:"status"`
		AFK        *bool              `json:"afk"`
	}
	return body == nil || json.Unmarshal(body, &p) == nil && p.Activities != nil && p.AFK != nil &&
		slices.Contains([]string{"online", "dnd", "idle", "invisible", "offline"}, p.Status)
}

// ready greets a new session with the guilds of its shard.
func (s *Server) ready(x *session) {
	if x.line == nil {
		return
	}
	if x.line.early != nil { // the session does not begin
		delete(s.sessions, x.id)
		x.line.send(x.line.early)
		return
	}
	var guilds []any
	var mine []*guild
	for _, id := range s.order {
		if x.sees(id) {
			guilds = append(guilds, map[string]any{"id": id, "unavailable": true})
			mine = append(mine, s.guilds[id])
		}
	}
	if s.opts.LateGuilds {
		guilds = nil
	}
	x.tell("READY", map[string]any{
		"v": 10, "user": s.userJSON(s.Bot), "guilds": append([]any{}, guilds...), "session_id": x.id, "resume_gateway_url": s.socketURL(resumingPath),
		"shard": x.shard, "application": map[string]any{"id": s.Application, "flags": s.flags()},
	})
	for _, g := range mine {
		if x.intents&intentGuilds != 0 {
			x.tell("GUILD_CREATE", s.guildCreated(g))
		}
	}
	x.line.send(beatNow)
	s.change()
}

func (s *Server) resume(l *line, d json.RawMessage) (_ *session, code int, why string) {
	var r struct {
		Token   string `json:"token"`
		Session string `json:"session_id"`
		Seq     int    `json:"seq"`
	}
	if json.Unmarshal(d, &r) != nil {
		return nil, closeDecode, "Error while decoding payload."
	}
	if r.Token != s.opts.Token {
		return nil, closeAuthentication, "Authentication failed."
	}
	x := s.sessions[r.Session]
	if x == nil || r.Seq > x.seq || !l.resuming {
		l.send([]byte(`{"op":9,"d":false,"s":null,"t":null}`))
		return nil, 0, ""
	}
	x.cut()
	x.line, x.alive = l, false
	for _, t := range x.told {
		if t.seq > r.Seq {
			l.send(t.body)
		}
	}
	x.tell("RESUMED", map[string]any{})
	l.send(beatNow)
	s.change()
	return x, 0, ""
}

// tell dispatches one event to a session; what nobody hears is kept for a RESUME.
func (x *session) tell(kind string, data any) {
	x.seq++
	body := encode(map[string]any{"op": 0, "t": kind, "s": x.seq, "d": data})
	x.told = append(x.told, dispatched{x.seq, body})
	if x.line != nil {
		x.line.send(body)
	}
}

// sees says whether a guild is of the session's shard; conversations are of the first.
func (x *session) sees(guildID string) bool {
	if guildID == "" {
		return x.shard[0] == 0
	}
	n, _ := strconv.ParseUint(guildID, 10, 64)
	return int(n>>22)%x.shard[1] == x.shard[0]
}

// dispatch tells every session that has the intent. It is called under the lock.
func (s *Server) dispatch(kind, guildID string, intent int, data func(*session) any) {
	for _, x := range s.sessions {
		if x.sees(guildID) && (intent == 0 || x.intents&intent != 0) {
			x.tell(kind, data(x))
		}
	}
	s.change()
}

// flags are those of the application: which privileged intents it was granted, as a small bot is.
func (s *Server) flags() int {
	flags := 0
	if !s.opts.WithoutContent {
		flags |= 1 << 19
	}
	if !s.opts.WithoutMembers {
		flags |= 1 << 15
	}
	return flags
}
