package bot

import (
	"strconv"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// answering is for how long a message may still pass as the answer to what its recipient did; later it is a nudge.
const answering = 10 * time.Minute

// stageSaid drops what would be the second message about one thing: to one person, from whatever playbook, within the
// seven days for which attention is remembered; or under one message of a room.
func (t *turn) stageSaid(w calm) (verdict, error) {
	if w.d.Playbook == "" || w.d.Tries > 0 || w.own {
		return pass(), nil
	}
	said, err := false, error(nil)
	switch {
	case w.person.ID != 0:
		said, err = t.tx.SpentAbout(w.person.ID, t.now.Add(-week), w.d.Subject)
	case w.d.Thread != "":
		said, err = t.saidUnder(w.d)
	}
	if err != nil || !said {
		return pass(), err
	}
	return drop(chat.AlreadySaid), nil
}

// saidUnder reports whether the bot has spoken about the same thing in the same thread.
func (t *turn) saidUnder(d store.Delivery) (bool, error) {
	others, err := t.tx.DeliveriesOn(d.Subject)
	for _, o := range others {
		spoken := o.State == store.Sent || o.State == store.Claimed || o.State == store.Doubtful
		if o.Key != d.Key && o.Thread == d.Thread && o.Playbook != "" && spoken {
			return true, err
		}
	}
	return false, err
}

// onceSlot is taken once a rule has told a person what it tells once only. It names nobody: it is a keyed hash.
func (t *turn) onceSlot(w calm) store.Slot {
	who := t.store.Key().DeliveryKey("once", w.d.Playbook, w.d.Rule, strconv.FormatInt(int64(w.person.ID), 10))
	return store.Slot{Conn: w.d.Conn, Space: w.d.Space, Playbook: w.d.Playbook, Rule: w.d.Rule, Subject: who}
}

// askOf names one question of a playbook, as an opt-out from it alone has it.
func askOf(playbook, ask string) string { return playbook + "/" + ask }
