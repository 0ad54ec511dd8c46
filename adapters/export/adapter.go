// Package export is a chat that can only be listened to: a Slack export (a zip or its unpacked folder), a
// Mattermost bulk export (JSONL, or the zip that a server makes) or files of DiscordChatExporter (JSON).
// With it a playbook can be rehearsed over a community's real history, in the order in which it happened.
//
// It never sends anything, never reads a direct conversation between people, and never tells what was known
// only later: reply counts, last replies and labels are passed over, and whether a thread's root is missing is
// decided by what came before. Some things a record does not hold: the first wording of an edited message (the
// last one is told, and counted), what was deleted, former names, and on Slack and Discord the time of a
// reaction (counted, not told). Nothing is unpacked; only a Mattermost export, whose replies stand out of order,
// goes through a temporary file, which has no name and vanishes with the process.
package export

import (
	"context"

	"github.com/gofirst/gofirst/bot/chat"
)

// Adapter reads one export. It implements chat.Adapter and chat.Directory; Run may be called again.
type Adapter struct {
	directory
	record record
	tally  tally
	close  func() error
}

// record is what the three kinds of export have in common.
type record interface {
	service() string
	// size is what a whole reading adds to tally.done.
	size() int64
	// run tells all events in the order of time.
	run(ctx context.Context, out *stream) error
}

// Info says that this is a record: nothing waits for an acknowledgement.
func (a *Adapter) Info() chat.Info {
	return chat.Info{Service: a.record.service(), Replay: true, Threads: true}
}

// Counts tells what the latest Run has read so far. It may be called at any time.
func (a *Adapter) Counts() Counts { return a.tally.counts() }

// Progress tells how much of the export the latest Run has worked through, in bytes.
func (a *Adapter) Progress() (done, total int64) {
	total = a.record.size()
	return min(a.tally.done.Load(), total), total
}

// Close lets go of the file.
func (a *Adapter) Close() error { return a.close() }
