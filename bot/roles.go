package bot

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// AskCandidates makes everybody whom the configuration names for a role a candidate, and asks each candidate once
// whether they accept it. Nobody has a role without having said yes. It may be called at every start.
func (e *Engine) AskCandidates(ctx context.Context, now time.Time) error {
	for _, c := range e.list() {
		if err := e.askCandidatesOf(ctx, c, now); err != nil {
			return err
		}
	}
	return nil
}

func (e *Engine) askCandidatesOf(ctx context.Context, c *Connection, now time.Time) error {
	directory, ok := c.Adapter.(chat.Directory)
	if !ok {
		return nil
	}
	for _, group := range e.options.Groups {
		if group.Connection != "" && group.Connection != c.Name {
			continue
		}
		if err := e.askGroup(ctx, c, directory, group, now); err != nil {
			return err
		}
	}
	return nil
}

// askGroup asks whom a group's names mean, in each space in which the bot has a room. What a service cannot tell now is
// asked again the next time.
func (e *Engine) askGroup(ctx context.Context, c *Connection, directory chat.Directory, group Group, now time.Time) error {
	rooms, err := directory.Channels(ctx, "")
	if err != nil {
		return err
	}
	for _, name := range group.Names {
		found := false
		for _, room := range firstRooms(rooms) {
			users, err := membersOf(ctx, directory, room.Space, name)
			if err != nil {
				e.options.Log.Info("nobody of this name", "connection", c.Name, "role", group.Role, "err", err)
				continue
			}
			found = true
			if err := e.askAll(ctx, c, room, users, group.Role, now); err != nil {
				return err
			}
		}
		if !found && len(rooms) > 0 {
			e.options.Log.Info("a name of a group means nobody here", "connection", c.Name, "role", group.Role)
		}
	}
	return nil
}

func (e *Engine) askAll(ctx context.Context, c *Connection, in chat.ChannelInfo, users []chat.UserID, role string, now time.Time) error {
	for _, user := range users {
		if c.people.of(ctx, user, now).Bot {
			continue
		}
		if err := e.turn(ctx, c, now, func(t *turn) error { return t.candidate(in, user, role) }); err != nil {
			return err
		}
	}
	return nil
}

// membersOf gives the people whom a name of the configuration means: the members of "#room", a person, or the members
// of a group that the service keeps.
func membersOf(ctx context.Context, d chat.Directory, space chat.SpaceID, name string) ([]chat.UserID, error) {
	if strings.HasPrefix(name, "#") {
		room, err := d.FindChannel(ctx, space, name)
		if err != nil {
			return nil, err
		}
		return d.Members(ctx, room)
	}
	user, err := d.Find(ctx, space, name)
	if err == nil {
		return []chat.UserID{user}, nil
	}
	if users, groupErr := d.Group(ctx, space, name); groupErr == nil {
		return users, nil
	}
	return nil, err
}

// firstRooms gives one room of each space.
func firstRooms(rooms []chat.ChannelInfo) (out []chat.ChannelInfo) {
	for _, r := range rooms {
		if !slices.ContainsFunc(out, func(o chat.ChannelInfo) bool { return o.Space == r.Space }) {
			out = append(out, r)
		}
	}
	return out
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
	if err := t.tx.SetRole(r); err != nil || role != store.ThreadRole {
		return err
	}
	return t.tx.WithdrawThreads(p.who.ID)
}
