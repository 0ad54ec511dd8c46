package bot

import (
	"slices"
	"strconv"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// answering is for how long a message may still pass as the answer to what its recipient did; later it is a nudge.
const answering = 10 * time.Minute

// stageSaid drops what would be the second message about one thing: to one person, from whatever playbook, within the
// seven days for which attention is remembered; or under one message of a room. The same thing is asked once, ever.
func (t *turn) stageSaid(w calm) (verdict, error) {
	if asked, err := t.askedBefore(w); err != nil || asked {
		return drop(chat.AlreadySaid), err
	}
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

// stageShow drops what would show open questions of a room where by now none is left that its reader could answer.
func (t *turn) stageShow(w calm) (verdict, error) {
	if w.tell == nil || !w.tell.Text.Has("links") {
		return pass(), nil
	}
	open, err := t.openHere(w.place, w.person.ID)
	if err != nil || len(open) > 0 {
		return pass(), err
	}
	return drop(chat.Overtaken), nil
}

// askedBefore reports whether another rule of the playbook has asked the same about the same thing, whatever came of it.
// It was the same person: only of those whom a rule picks each is somebody else.
func (t *turn) askedBefore(w calm) (bool, error) {
	if w.tell == nil || w.tell.Whom == "picked" {
		return false, nil
	}
	return t.spoken(w.d, func(o store.Delivery) bool { return o.Playbook == w.d.Playbook && o.Text == w.d.Text })
}

// saidUnder reports whether the bot has spoken about the same thing in the same thread.
func (t *turn) saidUnder(d store.Delivery) (bool, error) {
	return t.spoken(d, func(o store.Delivery) bool { return o.Playbook != "" && o.Thread == d.Thread })
}

// spoken reports whether something else of this kind was said about the same thing.
func (t *turn) spoken(d store.Delivery, kind func(store.Delivery) bool) (bool, error) {
	others, err := t.tx.DeliveriesOn(d.Subject)
	return slices.ContainsFunc(others, func(o store.Delivery) bool {
		said := o.State == store.Sent || o.State == store.Claimed || o.State == store.Doubtful
		return said && o.Key != d.Key && o.Conn == d.Conn && kind(o)
	}), err
}

// onceSlot is taken once a rule has told a person what it tells once only. It names nobody: it is a keyed hash.
func (t *turn) onceSlot(w calm) store.Slot {
	who := t.store.Key().DeliveryKey("once", w.d.Playbook, w.d.Rule, strconv.FormatInt(int64(w.person.ID), 10))
	return store.Slot{Conn: w.d.Conn, Space: w.d.Space, Playbook: w.d.Playbook, Rule: w.d.Rule, Subject: who}
}

// askOf names one question of a playbook, as an opt-out from it alone has it.
func askOf(playbook, ask string) string { return playbook + "/" + ask }
