package main

import (
	"encoding/hex"
)

// This file reads the sections of the services. What each value is for stands in the adapter's own Config.

type slackChat struct {
	app, bot, signing *secret
	api               string
}

func readSlack(s *section) slackChat {
	c := slackChat{app: s.secret("app_token"), bot: s.secret("bot_token"), signing: s.secret("signing_secret")}
	s.remote, s.config.anywhere = true, true
	s.readKeys(map[string]func(value){"api": func(v value) { readURL(v, &c.api) }})
	c.bot.needed = true
	if c.app.given() || !c.signing.given() {
		c.app.needed = true
	} else {
		c.signing.needed = true
		s.called("without an app token Slack calls the bot")
	}
	return c
}

type discordChat struct {
	token     *secret
	publicKey string
	api       string
}

// publicKeySize is that of an Ed25519 key, in bytes.
const publicKeySize = 32

func readDiscord(s *section) discordChat {
	c := discordChat{token: s.secret("token")}
	s.remote, s.config.anywhere, c.token.needed = true, true, true
	s.readKeys(map[string]func(value){
		"api": func(v value) { readURL(v, &c.api) },
		"public_key": func(v value) {
			text, ok := v.text()
			if raw, err := hex.DecodeString(text); ok && (err != nil || len(raw) != publicKeySize) {
				v.fail("a public key has 64 digits of 0-9 and a-f; the application's page \"General Information\" shows it")
			}
			c.publicKey = text
		},
	})
	if c.publicKey != "" {
		s.called("with a public key Discord calls the bot")
	}
	return c
}

type mattermostChat struct{ token, command *secret }

func readMattermost(s *section) mattermostChat {
	c := mattermostChat{token: s.secret("token"), command: s.secret("command_token")}
	s.remote, s.config.anywhere, c.token.needed, s.doors = true, true, true, s.config.url != ""
	problems := len(s.doc.problems)
	s.readKeys(map[string]func(value){
		"server": func(v value) { readURL(v, &s.server) },
		"teams":  func(v value) { s.teams = texts(v.words()) },
	})
	if s.server == "" && len(s.doc.problems) == problems {
		s.fail("does not say where the server is; for instance server: https://chat.example.org")
	}
	return c
}
