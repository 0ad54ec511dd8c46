package main

import (
	"context"
	"strings"
	"time"

	"github.com/gofirst/gofirst/adapters/mattermost/mattermosttest"
)

type mattermostTown struct {
	*mattermosttest.Server
	address     string // of the bot's doors
	team        string
	lobby, help string
	people      map[string]string
}

func newMattermostTown(now func() time.Time, address string) mattermostTown {
	s := mattermosttest.New(mattermosttest.Options{Now: now})
	m := mattermostTown{Server: s, address: address, team: s.AddTeam("town"), people: map[string]string{}}
	m.lobby, m.help = s.AddChannel(m.team, "lobby", true), s.AddChannel(m.team, "help", true)
	s.Join(m.team, s.Self())
	s.Enter(m.lobby, s.Self())
	for _, name := range []string{"tom", "ana", "hal"} {
		id := s.AddPerson(mattermosttest.User{Username: name + "-of-town", FirstName: name, Locale: "en", Zone: "Etc/UTC"})
		s.Join(m.team, id)
		s.Enter(m.lobby, id)
		s.Enter(m.help, id)
		m.people[name] = id
	}
	return m
}

func (m mattermostTown) name() string { return "mattermost" }

func (m mattermostTown) section() string {
	return "mattermost: {server: \"" + m.Server.URL() + "\", token_file: mm.bot, teams: [town]}\nurl: http://" + m.address + "\nlisten: " + m.address + "\n"
}

func (m mattermostTown) named(who string) string { return "@" + who + "-of-town" }

func (m mattermostTown) secrets() map[string]string { return map[string]string{"mm.bot": m.Token()} }

func (m mattermostTown) ready(ctx context.Context) error { return m.Connected(ctx) }

// wait asks again and again: the stand-in has no sign for "something happened".
func (m mattermostTown) wait(ctx context.Context, done func() bool) error {
	again := time.NewTicker(5 * time.Millisecond)
	defer again.Stop()
	for {
		if done() {
			return nil
		}
		select {
		case <-again.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (m mattermostTown) done(err error) {
	if err != nil {
		panic(err) // the story asks for what the service does not let people do
	}
}

func (m mattermostTown) invite() {
	m.done(m.Invite(m.people["tom"], m.help, m.Self()))
}

func (m mattermostTown) say(who, text string) string { return m.post(who, "", text) }

func (m mattermostTown) reply(who, message, text string) { m.post(who, message, text) }

func (m mattermostTown) post(who, root, text string) string {
	id, err := m.Say(m.people[who], m.help, root, m.typed(text))
	m.done(err)
	return id
}

func (m mattermostTown) typed(text string) string {
	for name := range m.people {
		text = strings.ReplaceAll(text, "@"+name, "@"+name+"-of-town")
	}
	return strings.ReplaceAll(text, "#help", "~help")
}

func (m mattermostTown) command(who, verb, text string) {
	m.done(m.Command(m.people[who], m.help, strings.TrimSpace(m.typed(verb+" "+text))))
}

func (m mattermostTown) press(who string, on sight, label string) {
	m.done(m.Press(m.people[who], on.id, label))
}

func (m mattermostTown) link(message string) string { return m.Server.URL() + "/town/pl/" + message }

func (m mattermostTown) sights() (all []sight) {
	for _, p := range m.Posts() {
		one := sight{id: p.ID, channel: p.Channel, thread: p.Root, text: strings.NewReplacer("\u200b", "", "-of-town", "", "~help", "#help").Replace(p.Text), buttons: p.Buttons}
		for name, id := range m.people {
			if id == p.For {
				one.to = name
			}
		}
		all = append(all, one)
	}
	return all
}

func (m mattermostTown) formsOf(who string) int { return len(m.Dialogs(m.people[who])) }
