package export

import "github.com/gofirst/gofirst/bot/chat"

// slackRecord is what is read of one message record; the bytes lie in the file's buffer. All other fields
// are passed over, among them those that tell what came later (reply_count, latest_reply, replies, …).
type slackRecord struct {
	kind, subtype, user, ts, thread, bot, username []byte
	commenter                                      []byte
	text                                           []byte // as written, with JSON's escapes where escaped is set
	escaped                                        bool
	hidden, edited, upload                         bool
	files, reactions                               int
}

// record reads the object at which the scanner stands.
func (s *scanner) slackRecord(r *slackRecord) {
	*r = slackRecord{}
	s.at++
	for key, ok := s.key(true); ok; key, ok = s.key(false) {
		switch string(key) {
		case "type":
			r.kind = s.text()
		case "subtype":
			r.subtype = s.text()
		case "user":
			r.user = s.text()
		case "text":
			s.slackBody(r)
		case "ts":
			r.ts = s.textOrNumber()
		case "thread_ts":
			r.thread = s.textOrNumber()
		case "bot_id":
			r.bot = s.text()
		case "username":
			r.username = s.text()
		default:
			s.slackRare(string(key), r)
		}
	}
}

// slackRare reads the fields that few records have.
func (s *scanner) slackRare(key string, r *slackRecord) {
	switch key {
	case "hidden":
		r.hidden = s.truth()
	case "edited":
		r.edited = s.there()
	case "upload":
		r.upload = s.truth()
	case "files":
		r.files = max(r.files, s.length())
	case "file":
		if s.there() {
			r.files = max(r.files, 1)
		}
	case "comment":
		r.commenter = s.slackCommenter()
	case "reactions":
		r.reactions = s.slackReactions()
	default:
		s.skip(0)
	}
}

// slackBody keeps the text as it is written: most texts need no copy before the last one.
func (s *scanner) slackBody(r *slackRecord) {
	if s.peek() != '"' {
		s.skip(0)
		return
	}
	r.text, r.escaped = s.quoted()
}

// slackCommenter finds who wrote a comment on a file.
func (s *scanner) slackCommenter() (user []byte) {
	if !s.open('{') {
		s.skip(0)
		return nil
	}
	for key, ok := s.key(true); ok; key, ok = s.key(false) {
		if string(key) == "user" {
			user = s.text()
			continue
		}
		s.skip(0)
	}
	return user
}

// slackReactions counts each person's each emoji.
func (s *scanner) slackReactions() int {
	if !s.open('[') {
		s.skip(0)
		return 0
	}
	n := 0
	for ok := s.more(true, ']'); ok; ok = s.more(false, ']') {
		n += s.slackReaction()
	}
	return n
}

// slackReaction takes the count where it is higher: Slack cuts long lists of users.
func (s *scanner) slackReaction() int {
	if !s.open('{') {
		s.skip(0)
		return 0
	}
	n := 0
	for key, ok := s.key(true); ok; key, ok = s.key(false) {
		switch string(key) {
		case "users":
			n = max(n, s.length())
		case "count":
			n = max(n, small(s.textOrNumber()))
		default:
			s.skip(0)
		}
	}
	return n
}

// small reads a whole number of at most six digits; 0 for anything else.
func small(digits []byte) int {
	if len(digits) > 6 {
		return 0
	}
	n := 0
	for _, c := range digits {
		if c-'0' > 9 {
			return 0
		}
		n = n*10 + int(c-'0')
	}
	return n
}

// slackKind sorts the subtypes that are not simply a person's or a program's message.
type slackKind uint8

const (
	slackPosted slackKind = iota
	slackSystem           // told by the service itself
	slackJoined
	slackLeft
	slackTombstone
)

// slackKindOf takes every subtype that it does not know for the service's own word: new ones are.
func slackKindOf(subtype []byte) slackKind {
	switch string(subtype) {
	case "", "thread_broadcast", "me_message", "file_share", "file_comment", "file_mention", "bot_message",
		"slackbot_response", "reply_broadcast", "huddle_thread", "ekm_access_denied", "assistant_app_thread":
		return slackPosted
	case "channel_join", "group_join":
		return slackJoined
	case "channel_leave", "group_leave":
		return slackLeft
	case "tombstone":
		return slackTombstone
	}
	return slackSystem
}

// slackActor says who acts in a record; an empty user is nobody.
func (l *slackLoader) actor(r *slackRecord, kind slackKind) (chat.UserID, bool) {
	user := r.user
	if len(r.commenter) > 0 {
		user = r.commenter
	}
	program := kind == slackPosted && (len(r.bot) > 0 || string(r.subtype) == "bot_message")
	switch {
	case len(user) > 0:
		id := l.intern(user)
		return id, program || l.dir.people[id].Bot
	case len(r.bot) > 0:
		return l.intern(r.bot), true
	case len(r.username) > 0:
		return l.intern(r.username), true
	}
	return "", false
}

// intern gives the one string for an identifier, so that a million messages share a thousand names.
func (l *slackLoader) intern(id []byte) chat.UserID {
	if known, ok := l.users[string(id)]; ok {
		return known
	}
	user := chat.UserID(id)
	l.users[string(user)] = user
	return user
}
