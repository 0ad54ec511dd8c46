package slacktest

import (
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"
)

// place finds the channel that a message is for: an identifier, or a person's for the direct conversation.
func (c *call) place() (*channel, object) {
	id := c.arg("channel")
	if p := c.s.people[id]; p != nil {
		if p.Bot {
			return nil, no("cannot_dm_bot")
		}
		if c.s.opts.ByConversation {
			return nil, no("channel_not_found")
		}
		return c.s.direct(id), nil
	}
	ch := c.s.channels[id]
	switch {
	case ch == nil, ch.kind == "group" && !ch.has(BotUser):
		return nil, no("channel_not_found")
	case ch.archived:
		return nil, no("is_archived")
	}
	return ch, nil
}

// openDirect opens the conversation with one person.
func (c *call) openDirect() object {
	p := c.s.people[c.arg("users")]
	switch {
	case p == nil:
		return no("user_not_found")
	case p.Bot:
		return no("cannot_dm_bot")
	}
	return object{"ok": true, "channel": object{"id": c.s.direct(p.ID).id}}
}

// words checks the text, blocks and metadata of a message as Slack does, and makes the message.
func (c *call) words(ch *channel) (*message, object) {
	text, blocks := c.arg("text"), c.arg("blocks")
	if text == "" && blocks == "" {
		return nil, no("no_text")
	}
	if utf8.RuneCountInString(text) > 40_000 {
		return nil, no("msg_too_long")
	}
	m := &message{channel: ch, user: BotUser, botID: BotID, text: text, linkNames: c.yes("link_names"), parseFull: c.arg("parse") == "full"}
	if blocks != "" {
		if bad := c.s.checkBlocks([]byte(blocks), surfaceMessage); bad != nil {
			return nil, bad
		}
		m.blocks = json.RawMessage(blocks)
	}
	if meta := c.arg("metadata"); meta != "" {
		if !soundMetadata(meta) {
			return nil, no("invalid_metadata_format")
		}
		m.metadata = json.RawMessage(meta)
	}
	return m, nil
}

var eventType = regexp.MustCompile(`^[a-z0-9_]{1,255}$`)

func soundMetadata(s string) bool {
	var m struct {
		Type    string         `json:"event_type"`
		Payload map[string]any `json:"event_payload"`
	}
	d := json.NewDecoder(strings.NewReader(s))
	d.DisallowUnknownFields()
	return d.Decode(&m) == nil && eventType.MatchString(m.Type) && m.Payload != nil
}

func (c *call) postMessage() object {
	ch, bad := c.place()
	if bad != nil {
		return bad
	}
	if !ch.has(BotUser) {
		return no("not_in_channel")
	}
	m, bad := c.words(ch)
	if bad != nil {
		return bad
	}
	if root := c.arg("thread_ts"); root != "" {
		if ch.find(root) == nil {
			return no("thread_not_found")
		}
		m.thread = root
	}
	m.ts = c.s.stamp()
	c.s.stands(m)
	c.posted = true
	return object{"ok": true, "channel": ch.id, "ts": m.ts, "message": m.json(true)}
}

func (c *call) postEphemeral() object {
	ch, bad := c.place()
	if bad != nil {
		return bad
	}
	switch {
	case !ch.has(BotUser):
		return no("not_in_channel")
	case !ch.has(c.arg("user")):
		return no("user_not_in_channel")
	case c.args.Has("unfurl_links"), c.args.Has("unfurl_media"), c.args.Has("metadata"):
		return no("invalid_arguments")
	}
	m, bad := c.words(ch)
	if bad != nil {
		return bad
	}
	m.ts, m.only, m.thread = c.s.stamp(), c.arg("user"), c.arg("thread_ts")
	ch.messages = append(ch.messages, m)
	c.posted = true
	return object{"ok": true, "message_ts": m.ts}
}

// own finds a message of the bot.
func (c *call) own(ts, others string) (*channel, *message, object) {
	ch := c.s.channels[c.arg("channel")]
	if ch == nil {
		return nil, nil, no("channel_not_found")
	}
	m := ch.find(ts)
	switch {
	case m == nil, m.only != "":
		return nil, nil, no("message_not_found")
	case m.user != BotUser:
		return nil, nil, no(others)
	}
	return ch, m, nil
}

func (c *call) update() object {
	ch, m, bad := c.own(c.arg("ts"), "cant_update_message")
	if bad != nil {
		return bad
	}
	now, bad := c.words(ch)
	if bad != nil {
		return bad
	}
	was := m.json(c.s.opts.Payloads)
	m.text, m.blocks = now.text, now.blocks
	if len(now.metadata) > 0 {
		m.metadata = now.metadata
	}
	m.edited = c.s.stamp()
	c.s.hidden(ch, object{"subtype": "message_changed", "message": m.json(c.s.opts.Payloads), "previous_message": was})
	return object{"ok": true, "channel": ch.id, "ts": m.ts, "text": m.text}
}

func (c *call) remove() object {
	ch, m, bad := c.own(c.arg("ts"), "cant_delete_message")
	if bad != nil {
		return bad
	}
	c.s.remove(ch, m)
	return object{"ok": true, "channel": ch.id, "ts": m.ts}
}

func (c *call) permalink() object {
	ch := c.s.channels[c.arg("channel")]
	if ch == nil {
		return no("channel_not_found")
	}
	m := ch.find(c.arg("message_ts"))
	if m == nil {
		return no("message_not_found")
	}
	return object{"ok": true, "channel": ch.id, "permalink": c.s.address(m)}
}

// Permalink gives the address of a message, as people copy it.
func (s *Server) Permalink(channel, ts string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, m := s.standing(channel, ts)
	return s.address(m)
}

func (s *Server) address(m *message) string {
	address := s.http.URL + "/archives/" + m.channel.id + "/p" + strings.ReplaceAll(m.ts, ".", "")
	if m.thread != "" && m.thread != m.ts {
		address += "?thread_ts=" + m.thread + "&cid=" + m.channel.id
	}
	return address
}

var emojiName = regexp.MustCompile(`^[a-z0-9_+-]{1,100}(::skin-tone-[2-6])?$`)

func (c *call) react() object {
	ch := c.s.channels[c.arg("channel")]
	if ch == nil {
		return no("channel_not_found")
	}
	if !timestamped(c.arg("timestamp")) {
		return no("bad_timestamp")
	}
	m := ch.find(c.arg("timestamp"))
	switch {
	case !ch.has(BotUser):
		return no("not_in_channel")
	case m == nil:
		return no("message_not_found")
	case !emojiName.MatchString(c.arg("name")):
		return no("invalid_name")
	}
	add := c.method == "reactions.add"
	if !c.s.reacted(ch, m, BotUser, c.arg("name"), add) {
		return no(map[bool]string{true: "already_reacted", false: "no_reaction"}[add])
	}
	return object{"ok": true}
}

var stampShape = regexp.MustCompile(`^[0-9]+\.[0-9]{6}$`)

func timestamped(ts string) bool { return stampShape.MatchString(ts) }

// answer is a response_url.
type answer struct {
	channel      *channel
	thread, user string
	left         int
	born         time.Time
}

// respond takes an answer on a response_url: JSON, five times, for thirty minutes.
func (s *Server) respond(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.announce()
	if s.failed(w, true) {
		return
	}
	a := s.answers[r.PathValue("secret")]
	switch {
	case a == nil, s.since(a.born) > 30*time.Minute:
		write(w, http.StatusNotFound, no("expired_url"))
		return
	case a.left == 0:
		write(w, http.StatusNotFound, no("used_url"))
		return
	}
	m, bad := s.answered(a, r)
	if bad != nil {
		write(w, http.StatusOK, bad)
		return
	}
	a.left--
	m.ts = s.stamp()
	if m.only == "" {
		s.stands(m)
	} else {
		m.channel.messages = append(m.channel.messages, m)
	}
	if !s.lost(w) {
		_, _ = io.WriteString(w, s.thanks)
	}
}

func (s *Server) answered(a *answer, r *http.Request) (*message, object) {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if r.Method != http.MethodPost || kind != "application/json" || err != nil {
		return nil, no("invalid_payload")
	}
	c := &call{s: s, method: "response_url"}
	if bad := c.readJSON(body); bad != nil {
		return nil, no("invalid_payload")
	}
	m, bad := c.words(a.channel)
	if bad != nil {
		return nil, bad
	}
	m.thread, m.postedIn = c.arg("thread_ts"), true
	switch c.arg("response_type") {
	case "", "ephemeral":
		m.only = a.user
	case "in_channel":
	default:
		return nil, no("invalid_payload")
	}
	return m, nil
}
