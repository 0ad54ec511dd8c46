package bot

import (
	"encoding/json"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// A playbook in shadow decides, holds back and counts as if it were on, and says nothing. What it would have said is
// settled at the moment at which it would have gone out, and forgets whom it was for; what it would have asked is taken
// for silence. It costs nobody anything of what they may be written, and changes no question.

const (
	watchShadow  = "shadow"
	shadowLength = 14 * day
)

// shadow is what is kept of one: the watch that ends it holds its settings.
type shadow struct {
	Since    time.Time      `json:"since"`
	Settings map[string]any `json:"settings"`
	watch    int64
	until    time.Time
}

// shadowSubject names the shadow of a playbook in a space: there is one at a time.
func (t *turn) shadowSubject(space chat.SpaceID, book string) string {
	return "shadow-" + t.store.Key().DeliveryKey("shadow", t.conn.Name, string(space), book)
}

// shadowOf gives the shadow of a playbook, if it has one.
func (t *turn) shadowOf(space chat.SpaceID, book string) (shadow, bool, error) {
	watches, err := t.tx.WatchesOn(t.shadowSubject(space, book))
	if err != nil || len(watches) == 0 {
		return shadow{}, false, err
	}
	s := shadow{watch: watches[0].ID, until: watches[0].Due}
	if json.Unmarshal([]byte(watches[0].Data), &s) != nil {
		return shadow{}, false, nil
	}
	return s, true, nil
}

// loadShadows puts what is in shadow beside what is on.
func (t *turn) loadShadows(key spaceKey, s *space) ([]*playbooks.Instance, error) {
	var out []*playbooks.Instance
	for _, id := range t.bookIDs() {
		if s.instances[id] != nil {
			continue
		}
		kept, ok, err := t.shadowOf(key.space, id)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		text, err := json.Marshal(kept.Settings)
		if err != nil {
			return nil, err
		}
		in, err := t.instance(key.space, t.books[id], string(text))
		if err != nil {
			t.options.Log.Error("shadow is off: its settings cannot be read", "playbook", id, "err", err)
			continue
		}
		out = append(out, in)
		s.shadows[id], s.since[id] = in, kept.Since
	}
	return out, nil
}

// playing is a playbook as it decides in a space: on, or in shadow.
func (s *space) playing(book string) *playbooks.Instance {
	if in := s.instances[book]; in != nil {
		return in
	}
	return s.shadows[book]
}

// inShadow reports whether a playbook decides in a space without speaking.
func (t *turn) inShadow(place store.Place, book string) (bool, error) {
	if book == "" || place.Space == "" {
		return false, nil
	}
	s, err := t.space(place)
	return err == nil && s.shadows[book] != nil, err
}

// beginShadow lets a playbook run in shadow for two weeks, anew where it already did.
func (t *turn) beginShadow(w wished, all map[string]any) (shadow, error) {
	s := shadow{Since: t.now, Settings: all, until: t.now.Add(shadowLength)}
	data, err := json.Marshal(s)
	if err != nil {
		return s, err
	}
	if _, err := t.stopShadow(w.space, w.book.ID); err != nil {
		return s, err
	}
	if _, err := t.tx.AddWatch(store.Watch{
		Conn: t.conn.Name, Space: w.space, Playbook: w.book.ID, Hash: w.book.Hash, Name: watchShadow,
		Subject: t.shadowSubject(w.space, w.book.ID), Due: s.until, Data: string(data),
	}); err != nil {
		return s, err
	}
	t.wake(&t.watches, s.until)
	if err := t.knowInstance(w); err != nil {
		return s, err
	}
	t.changed(spaceKey{t.conn.Name, w.space})
	return s, t.noteChange(change{What: "shadow begun", Playbook: w.book.ID, Conn: t.conn.Name, Space: w.space, Set: again(all)})
}

// knowInstance sees to it that the store has a row of the playbook, which is off: schedules are looked for in the
// spaces that have one.
func (t *turn) knowInstance(w wished) error {
	_, known, err := t.tx.Instance(t.conn.Name, w.space, w.book.ID)
	if err != nil || known {
		return err
	}
	return t.tx.SetInstance(store.Instance{Conn: t.conn.Name, Space: w.space, Playbook: w.book.ID, Hash: w.book.Hash, Since: t.now})
}

// stopShadow ends a shadow before its time, and drops what it had prepared. It reports whether there was one.
func (t *turn) stopShadow(space chat.SpaceID, book string) (bool, error) {
	s, ok, err := t.shadowOf(space, book)
	if err != nil || !ok {
		return false, err
	}
	if err := t.tx.DeleteWatch(s.watch); err != nil {
		return true, err
	}
	return true, t.leaveShadow(space, book)
}

// leaveShadow notes the end of a shadow, and drops what it had prepared.
func (t *turn) leaveShadow(space chat.SpaceID, book string) error {
	waiting, err := t.tx.DueDeliveries(t.now.AddDate(10, 0, 0), statusRead)
	if err != nil {
		return err
	}
	for _, d := range waiting {
		if d.Conn != t.conn.Name || d.Space != space || d.Playbook != book {
			continue
		}
		if err := t.settleShadow(d, chat.PlaybookOff); err != nil {
			return err
		}
	}
	t.changed(spaceKey{t.conn.Name, space})
	return t.noteChange(change{What: "shadow ended", Playbook: book, Conn: t.conn.Name, Space: space})
}
