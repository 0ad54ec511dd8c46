package export

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/gofirst/gofirst/bot/chat"
)

// slackRow is one message of a loaded day, small because a whole day of each channel that is awake is held.
// Identifiers and texts lie in strings that the rows of a day share: texts apart from identifiers, so that
// who keeps an identifier keeps no words.
type slackRow struct {
	micros  int64
	root    int64 // of the thread, 0 at the top level
	user    chat.UserID
	id      span // of the event: channel, colon, ts
	thread  span
	text    span
	refs    span
	files   uint16
	kind    slackKind
	program bool
	shared  bool // a reply that was also sent to the channel
	orphan  bool
}

// span is a piece of a shared string or list. A day file is far shorter than 4 GiB.
type span struct{ from, to uint32 }

func (s span) of(all string) string { return all[s.from:s.to] }

// slackDayRows is a day that is loaded: its rows in the order of time, and what they share.
type slackDayRows struct {
	rows       []slackRow
	ids, texts string
	refs       []chat.Reference
}

// slackLoader reads day files. Its buffers serve all channels in turn.
type slackLoader struct {
	dir    *directory
	tally  *tally
	users  map[string]chat.UserID
	buf    []byte
	clean  []byte
	ids    []byte
	text   slackText
	record slackRecord
	counts [reasons]int
}

func newSlackLoader(dir *directory, t *tally) *slackLoader {
	return &slackLoader{dir: dir, tally: t, users: map[string]chat.UserID{}, text: slackText{dir: dir}}
}

// load reads one day file. The rows of a file that is broken anywhere are left out together: half a day
// would look like silence.
func (l *slackLoader) load(f file, channel chat.ChannelID, into *slackDayRows) error {
	into.rows = into.rows[:0]
	l.ids, l.text.dst, l.text.refs = l.ids[:0], l.text.dst[:0], nil
	l.counts = [reasons]int{}
	var err error
	if l.buf, err = f.read(l.buf, maxDayFile); err != nil {
		return err
	}
	s := scanner{data: bytes.TrimPrefix(l.buf, bom)}
	n := l.scan(&s, channel, into)
	if s.err != nil {
		into.rows = into.rows[:0]
		return s.err
	}
	l.tally.rows.Add(int64(n))
	for r, n := range l.counts {
		l.tally.add(reason(r), n)
	}
	into.ids, into.texts, into.refs = string(l.ids), string(l.text.dst), l.text.refs
	slices.SortStableFunc(into.rows, func(a, b slackRow) int { return cmp.Compare(a.micros, b.micros) })
	return nil
}

// scan reads the list of records and gives their number.
func (l *slackLoader) scan(s *scanner, channel chat.ChannelID, into *slackDayRows) (n int) {
	if !s.open('[') {
		if s.peek() != 'n' {
			s.fail("no list of messages stands here")
			return 0
		}
		s.skip(0)
		s.end()
		return 0
	}
	for ok := s.more(true, ']'); ok; ok = s.more(false, ']') {
		n++
		if s.peek() != '{' {
			s.skip(0)
			l.counts[notAnObject]++
			continue
		}
		s.slackRecord(&l.record)
		if s.err == nil {
			l.add(channel, into)
		}
	}
	s.end()
	return n
}

// add takes the record that was just read, or counts why not.
func (l *slackLoader) add(channel chat.ChannelID, into *slackDayRows) {
	r := &l.record
	micros, ok := slackTime(r.ts)
	kind := slackKindOf(r.subtype)
	switch {
	case r.kind != nil && string(r.kind) != "message":
		l.counts[notAMessage]++
		return
	case !ok:
		l.counts[unreadableTime]++
		return
	case kind == slackTombstone:
		l.counts[tombstone]++
		return
	case r.hidden:
		l.counts[hidden]++
		return
	}
	shared := string(r.subtype) == "thread_broadcast" || string(r.subtype) == "reply_broadcast" // its older name
	row := slackRow{micros: micros, kind: kind, shared: shared}
	if row.user, row.program = l.actor(r, kind); row.user == "" {
		row.kind = slackSystem
		l.counts[noAuthor]++
	}
	l.counts[timelessReactions] += r.reactions
	if r.edited {
		l.counts[editedText]++
	}
	l.place(&row, channel)
	l.words(&row)
	into.rows = append(into.rows, row)
}

// place writes the identifiers of a row.
func (l *slackLoader) place(row *slackRow, channel chat.ChannelID) {
	r := &l.record
	at := uint32(len(l.ids))
	l.ids = append(append(append(l.ids, channel...), ':'), r.ts...)
	row.id = span{at, uint32(len(l.ids))}
	root, ok := slackTime(r.thread)
	if !ok || root == row.micros {
		return
	}
	row.root = root
	l.ids = append(l.ids, r.thread...)
	row.thread = span{row.id.to, uint32(len(l.ids))}
}

// words writes the plain text of a row.
func (l *slackLoader) words(row *slackRow) {
	r := &l.record
	raw := r.text
	if r.escaped {
		l.clean = unescape(l.clean[:0], raw)
		raw = l.clean
	}
	at, refs := uint32(len(l.text.dst)), uint32(len(l.text.refs))
	l.text.append(valid(raw))
	row.text = span{at, uint32(len(l.text.dst))}
	row.refs = span{refs, uint32(len(l.text.refs))}
	row.files = uint16(min(r.files, 1<<16-1))
	if row.files == 0 && (r.upload || string(r.subtype) == "file_share") {
		row.files = 1
	}
}

// slackTime reads "1517660675.000044": seconds, and up to six digits of a second. It is never 0.
func slackTime(ts []byte) (micros int64, ok bool) {
	sec, frac, _ := bytes.Cut(ts, []byte("."))
	if len(sec) == 0 || len(sec) > 11 || len(frac) > 6 {
		return 0, false
	}
	for _, c := range sec {
		if c-'0' > 9 {
			return 0, false
		}
		micros = micros*10 + int64(c-'0')
	}
	for i := range 6 {
		d := byte(0)
		if i < len(frac) {
			d = frac[i] - '0'
		}
		if d > 9 {
			return 0, false
		}
		micros = micros*10 + int64(d)
	}
	return micros, micros > 0
}
