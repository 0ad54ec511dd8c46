package bot

import (
	"context"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// AskCandidates makes everybody whom the configuration names for a role a candidate, and asks each candidate once
// whether they accept it. Nobody has a role without having said yes. It may be called at every start.
func (e *Engine) AskCandidates(ctx context.Context, now time.Time) error {
	for _, group := range e.options.Groups {
		for _, c := range e.list() {
			if group.Connection != "" && group.Connection != c.Name {
				continue
			}
			if err := e.askGroup(ctx, c, group, now); err != nil {
				return err
			}
		}
	}
	return nil
}

func (e *Engine) askGroup(ctx context.Context, c *Connection, group Group, now time.Time) error {
	directory, ok := c.Adapter.(chat.Directory)
	if !ok {
		return nil
	}
	rooms, err := directory.Channels(ctx, "")
	if err != nil {
		e.options.Log.Warn("rooms not known: nobody is asked for a role", "connection", c.Name, "err", err)
	}
	if len(rooms) == 0 {
		return nil
	}
	for _, name := range group.Names {
		user, err := directory.Find(ctx, "", name)
		if err != nil {
			e.options.Log.Warn("nobody of this name", "connection", c.Name, "role", group.Role, "err", err)
			continue
		}
		c.people.of(ctx, user, now)
		if err := e.turn(ctx, c, now, func(t *turn) error { return t.candidate(rooms[0], user, group.Role) }); err != nil {
			return err
		}
	}
	return nil
}

// candidate asks a person once whether they accept a role in the space of a room.
func (t *turn) candidate(in chat.ChannelInfo, user chat.UserID, role string) error {
	person, err := t.person(user)
	if err != nil {
		return err
	}
	place, err := t.place(chat.Place{Space: in.Space, Channel: in.Channel})
	if err != nil {
		return err
	}
	r, known, err := t.tx.Role(t.conn.Name, place.Space, person.ID, role)
	if err != nil || known && r.State != store.Candidate {
		return err
	}
	err = t.tx.SetRole(store.Role{
		Conn: t.conn.Name, Space: place.Space, Person: person.ID, Role: role, State: store.Candidate, Since: t.now,
	})
	if err != nil {
		return err
	}
	return t.consent(place, person, role)
}

func (t *turn) consent(place store.Place, person store.Person, role string) error {
	c := cause{place: place, slot: "role-" + role + "-" + t.roleMark(t.userOf(person.ID)), role: role}
	return t.notice(noticeConsent, place, person.ID, c, role)
}

// composeConsent is the mandate card: what will be asked, how often, how to leave.
func (t *turn) composeConsent(g tongue, out *draft) error {
	ref, err := parseRefs(out.d.Refs)
	if err != nil {
		return err
	}
	out.message.Body = t.texts.say(g, "consent."+ref.Role, holes{"person": t.mention(g, out.d.Recipient), "runs": text(t.runs(g))})
	out.message.Buttons = t.buttons(g, out.d.Key, []string{"yes", "no"})
	return nil
}

// roleMark tells whose mandate card it is without naming them.
func (t *turn) roleMark(user chat.UserID) string {
	return t.store.Key().DeliveryKey("role", string(user))[:8]
}

// roleAsked reads from a mandate card for which role it asks, "" where it asks somebody else. It goes by the subject,
// which stays when recipient and references have been emptied: who thinks for a week has an answer all the same.
func (t *turn) roleAsked(p *press) string {
	role, mark, _ := strings.Cut(strings.TrimPrefix(p.d.Subject, "role-"), "-")
	if mark != t.roleMark(p.ev.Actor.User) {
		return ""
	}
	return role
}

// pressedConsent takes the answer to a mandate card.
func (t *turn) pressedConsent(p *press) error {
	role := t.roleAsked(p)
	if role == "" {
		t.answer(p.ev.Reply, t.texts.say(p.g, "press.spent", nil))
		return nil
	}
	var err error
	if p.choice == "yes" {
		err = t.accept(p, role)
	} else {
		err = t.decline(p, role)
	}
	if err == nil {
		t.answer(p.ev.Reply, t.texts.say(p.g, "consent."+p.choice, nil))
	}
	return err
}

func (t *turn) accept(p *press, role string) error {
	err := t.tx.SetRole(store.Role{
		Conn: t.conn.Name, Space: p.d.Space, Person: p.who.ID, Role: role, State: store.Accepted, Since: t.now,
	})
	if err != nil {
		return err
	}
	return t.tx.KeepSealed(p.who.ID, p.ev.Actor.User)
}

// decline leaves what silence leaves: that the person was asked. Only who had said yes gives something back.
func (t *turn) decline(p *press, role string) error {
	r, ok, err := t.tx.Role(t.conn.Name, p.d.Space, p.who.ID, role)
	if err != nil || !ok || r.State != store.Accepted {
		return err
	}
	r.State, r.Since = store.Removed, t.now
	return t.tx.SetRole(r)
}
