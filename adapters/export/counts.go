package export

import (
	"fmt"
	"sync"
	"sync/atomic"
)

// Counts says what was read, and what of it was left out or taken otherwise than it stands there.
type Counts struct {
	Rows    int            // message records read, those that were left out included
	Events  int            // events handed to the sink
	Skipped map[string]int // by reason; Explain says each in a sentence
	Places  []string       // where something broken stands: file, byte, what is wrong; the first 20
}

// maxPlaces is how many broken places are remembered by name.
const maxPlaces = 20

// reason is why a part of an export was not told as it stands.
type reason int

const (
	brokenFile reason = iota
	fileTooBig
	duplicateFile
	otherFile
	unknownChannel
	directConversation
	directMessages
	notAnObject
	notAMessage
	unreadableTime
	duplicate
	hidden
	tombstone
	brokenLine
	brokenRecord
	noChannel
	noAuthor
	orphanReplies
	editedText
	timelessReactions
	outOfOrder
	beforeCursor
	threadChannels
	reasons // how many there are
)

// names gives each reason its stable word and its sentence.
var names = [reasons]struct{ word, about string }{
	brokenFile:         {"broken_file", "A file of the export could not be read and was left out whole; Places says where."},
	fileTooBig:         {"file_too_big", "A file of the export is larger than any genuine one and was left out."},
	duplicateFile:      {"duplicate_file", "The archive holds two files of the same name; the first was read."},
	otherFile:          {"other_file", "A file that holds no messages (canvases, logs, attachments) was not read."},
	unknownChannel:     {"unknown_channel", "A folder that the list of channels does not name was read under its own name."},
	directConversation: {"direct_conversation", "A file of a direct conversation between people was not opened."},
	directMessages:     {"direct_message", "A line of a direct conversation between people was passed over unread."},
	notAnObject:        {"not_an_object", "An entry among the messages is no message record at all."},
	notAMessage:        {"not_a_message", "A record says of itself that it is something other than a message."},
	unreadableTime:     {"unreadable_time", "A message whose time cannot be read was left out: it has no place in the order."},
	duplicate:          {"duplicate", "A message stands twice in its channel; the first was told."},
	hidden:             {"hidden", "A record that the service hides from people was left out."},
	tombstone:          {"tombstone", "A deleted message of which only the stone is left was not told."},
	brokenLine:         {"broken_line", "A line of the export could not be read and was left out; Places says where."},
	brokenRecord:       {"broken_record", "A message with a field of the wrong kind was left out; Places says where."},
	noChannel:          {"no_channel", "A message that names no channel was left out."},
	noAuthor:           {"no_author", "A message that names nobody as its author was told as the service's own."},
	orphanReplies:      {"orphan_replies", "A reply was told whose thread's first message is not in the export."},
	editedText:         {"edited_text_taken_as_posted", "Of an edited message only the last text is left; it was told as if posted so."},
	timelessReactions:  {"reactions_without_time", "A reaction carries no time in this export, so it has no place in the order and was not told."},
	outOfOrder:         {"out_of_order", "A message was told after a later one, because its file lies later in the export."},
	beforeCursor:       {"before_cursor", "An event had been told by an earlier run and was not repeated."},
	threadChannels:     {"thread_channel", "A thread that has a file of its own was told as a channel."},
}

// Explain says in one sentence what a reason in Counts.Skipped means; empty for a word that is none.
func Explain(word string) string {
	for _, n := range names {
		if n.word == word {
			return n.about
		}
	}
	return ""
}

// tally is Counts while they grow.
type tally struct {
	rows, events, done atomic.Int64
	by                 [reasons]atomic.Int64
	opened             [reasons]int // what Open found; each Run begins with it
	mu                 sync.Mutex
	places             []string
}

func (t *tally) add(r reason, n int) {
	if n != 0 {
		t.by[r].Add(int64(n))
	}
}

// broken counts one broken thing and remembers where it stands.
func (t *tally) broken(r reason, place string, err error) {
	t.add(r, 1)
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.places) < maxPlaces {
		t.places = append(t.places, fmt.Sprintf("%s: %v", place, err))
	}
}

func (t *tally) reset() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.places = nil
	t.rows.Store(0)
	t.events.Store(0)
	t.done.Store(0)
	for i := range t.by {
		t.by[i].Store(int64(t.opened[i]))
	}
}

func (t *tally) counts() Counts {
	t.mu.Lock()
	defer t.mu.Unlock()
	c := Counts{Rows: int(t.rows.Load()), Events: int(t.events.Load()), Skipped: map[string]int{}}
	c.Places = append(c.Places, t.places...)
	for i := range t.by {
		if n := t.by[i].Load(); n > 0 {
			c.Skipped[names[i].word] = int(n)
		}
	}
	return c
}
