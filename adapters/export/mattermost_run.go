package export

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

// run reads the file once into the sorter, then tells what comes out of it.
func (m *mattermost) run(ctx context.Context, out *stream) error {
	since := make(map[chat.ChannelID]mmRef, len(out.since))
	for channel, c := range out.since {
		at, ok := mmCursor(c)
		if !ok {
			return refused("run", fmt.Sprintf("the cursor of channel %s is none of a Mattermost export", channel))
		}
		since[channel] = at
	}
	sorted := newSorter(m.memory)
	defer sorted.close()
	if err := m.read(ctx, sorted, out.tally); err != nil {
		return err
	}
	t := mmTeller{dir: m.dir, out: out, since: since, twice: map[int64]int{}, names: map[string]string{}}
	told := int64(0)
	err := sorted.each(func(r mmRecord) error {
		told++
		out.tally.done.Store(m.file.size + m.file.size*told/sorted.count)
		return t.tell(ctx, r)
	})
	if err != nil {
		return err
	}
	out.tally.done.Store(m.size())
	return ctx.Err()
}

// read takes all posts into the sorter.
func (m *mattermost) read(ctx context.Context, sorted *sorter, t *tally) error {
	r, err := m.file.open()
	if err != nil {
		return inFile(m.file.name, err)
	}
	defer r.Close()
	in := &lines{r: withoutBOM(r)}
	reader := &mmReader{dir: m.dir, tally: t, known: map[chat.ChannelID]bool{}, out: sorted.add}
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		line, err := in.next()
		end := err == io.EOF
		place := fmt.Sprintf("%s line %d", m.file.name, in.number)
		switch {
		case errors.Is(err, errTooBig):
			t.broken(brokenLine, place, err)
		case err != nil && !end:
			t.broken(brokenFile, place, err)
			end = true
		default:
			if err := mmTake(line, place, reader); err != nil {
				return err
			}
		}
		t.done.Store(min(in.read, m.file.size))
		if end {
			return sorted.flush()
		}
	}
}

// mmTake takes one line; its error is the sorter's, never the line's.
func mmTake(line []byte, place string, reader *mmReader) error {
	if len(bytes.TrimSpace(line)) == 0 {
		return nil
	}
	switch kind := mmType(line); {
	case strings.HasPrefix(kind, "direct_"):
		reader.tally.add(directMessages, 1)
		return nil
	case kind == "post":
		var l mmLine
		if err := json.Unmarshal(line, &l); err != nil {
			reader.tally.broken(brokenLine, place, err)
			return nil
		}
		if l.Post == nil {
			reader.tally.add(notAnObject, 1)
			return nil
		}
		return reader.post(l.Post)
	case kind == "":
		reader.tally.broken(brokenLine, place, errors.New(`no object with a "type" stands here`))
	}
	return nil
}

// mmCursor reads a cursor back.
func mmCursor(c chat.Cursor) (at mmRef, ok bool) {
	ms, seq, _ := strings.Cut(string(c), ".")
	var err1, err2 error
	at.ms, err1 = strconv.ParseInt(ms, 10, 64)
	at.seq, err2 = strconv.ParseInt(seq, 10, 64)
	return at, err1 == nil && err2 == nil
}
