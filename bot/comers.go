package bot

import (
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// joinedSpace takes somebody who came into a space, on services where that alone is told and its rooms are open to
// whoever is in it. They are spoken of once for each rule: as of the first of its rooms.
func (t *turn) joinedSpace(ev chat.MemberJoined) error {
	if !t.conn.info.Everywhere || !ev.Actor.Human() {
		return nil
	}
	person, err := t.person(ev.Actor.User)
	if err != nil {
		return err
	}
	if err := t.markNewcomer(person, ev.Time); err != nil || t.learning {
		return err
	}
	space, err := t.space(store.Place{Conn: t.conn.Name, Space: ev.Place.Space})
	if err != nil {
		return err
	}
	for _, b := range greeters(space) {
		channel := b.Instance.Settings.Channels(playbooks.Rooms(b.Rule.When))[0]
		place, err := t.place(chat.Place{Space: ev.Place.Space, Channel: chat.ChannelID(channel)})
		if err != nil {
			return err
		}
		if err := t.rule(b, cause{place: place, author: person.ID, slot: t.comingSubject(ev.Actor.User)}); err != nil {
			return err
		}
	}
	return nil
}

// greeters are the rules of a space that wait for who comes into a room of theirs.
func greeters(s *space) (all []playbooks.Bound) {
	for _, id := range sortedKeys(s.instances) {
		in := s.instances[id]
		for _, r := range in.Playbook.Rules {
			if _, ok := r.When.(playbooks.OnJoined); ok && len(in.Settings.Channels(playbooks.Rooms(r.When))) > 0 {
				all = append(all, playbooks.Bound{Instance: in, Rule: r})
			}
		}
	}
	return all
}
