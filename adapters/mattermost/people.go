package mattermost

import (
	"context"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/mattermost/mattermost/server/public/model"
)

// people knows accounts by identifier and by name, for a while.
type people struct {
	a      *Adapter
	byID   *cache[string, *model.User]
	byName *cache[string, string] // empty: nobody is called so
}

func newPeople(a *Adapter) *people {
	return &people{
		a:      a,
		byID:   newCache[string, *model.User](a.now, 10*time.Minute, 20_000),
		byName: newCache[string, string](a.now, 10*time.Minute, 20_000),
	}
}

func (p *people) keep(u *model.User) {
	p.byID.keep(u.Id, u)
	p.byName.keep(strings.ToLower(u.Username), u.Id)
}

// person gives an account.
func (p *people) person(ctx context.Context, op, id string) (*model.User, error) {
	if u, ok := p.byID.find(id); ok {
		return u, nil
	}
	if !isID(id) {
		return nil, failed(op, chat.Gone, errNobody)
	}
	u, answer, err := p.a.client.GetUser(ctx, id, "")
	if err != nil {
		return nil, failure(op, answer, err)
	}
	if u.Id != id {
		return nil, failed(op, chat.Unsure, errAnswer)
	}
	p.keep(u)
	return u, nil
}

// names makes sure that it is known what some accounts are called, as far as they exist.
func (p *people) names(ctx context.Context, op string, ids []string) error {
	var missing []string
	for _, id := range ids {
		if _, ok := p.byID.find(id); !ok && isID(id) {
			missing = append(missing, id)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	found, answer, err := p.a.client.GetUsersByIds(ctx, missing)
	if err != nil {
		return failure(op, answer, err)
	}
	for _, u := range found {
		p.keep(u)
	}
	return nil
}

// learn asks once for all names that are not known yet. Where the server does not answer, they stay unknown.
func (p *people) learn(ctx context.Context, names []string) {
	var missing []string
	for _, n := range names {
		if _, ok := p.byName.find(n); !ok {
			missing = append(missing, n)
		}
	}
	if len(missing) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	found, _, err := p.a.client.GetUsersByUsernames(ctx, missing)
	if err != nil {
		p.a.log.Warn("names were not resolved", "count", len(missing))
		return
	}
	for _, n := range missing {
		p.byName.keep(n, "")
	}
	for _, u := range found {
		p.keep(u)
	}
}

// named gives the account that has a name, as far as it is known.
func (p *people) named(name string) (id string, ok bool) {
	if me := p.a.me(); me != nil && strings.EqualFold(me.Username, name) {
		return me.Id, true
	}
	id, ok = p.byName.find(strings.ToLower(name))
	return id, ok && id != ""
}

// handle gives what an account is called, as far as it is known.
func (p *people) handle(id string) string {
	if u, ok := p.byID.find(id); ok {
		return u.Username
	}
	return ""
}

// actor says who acted. Where the server does not say whether an account is a program, it is taken for a person.
func (a *Adapter) actor(ctx context.Context, id string) chat.Actor {
	if id == a.selfID() {
		return chat.Actor{User: chat.UserID(id), Bot: true, Self: true}
	}
	u, err := a.people.person(ctx, "person", id)
	return chat.Actor{User: chat.UserID(id), Bot: err == nil && u.IsBot}
}
