package main

import (
	"regexp"
	"strings"
)

// questions are what init asks for, by the kind of chat.
func questions() map[string][]answer {
	return map[string][]answer{
		"slack": {
			{asked: asked{what: "The app-level token (xapp-…), with the scope connections:write", secret: true, wrong: wrongAppToken,
				where: "api.slack.com/apps, your app: Basic Information, App-Level Tokens"}, file: "app.token"},
			{asked: asked{what: "The bot token (xoxb-…)", secret: true, wrong: wrongBotToken,
				where: "api.slack.com/apps, your app: OAuth & Permissions, after Install to Workspace"}, file: "bot.token"},
			{asked: you("address, such as you@example.org"), hole: "You"},
		},
		"discord": {
			{asked: asked{what: "The bot's token", secret: true, wrong: wrongDiscordToken,
				where: "discord.com/developers/applications, your application: Bot, Reset Token"}, file: "bot.token"},
			{asked: you("user name, without the @; or your user identifier (Settings, Advanced, Developer Mode; then Copy User ID on your name)"), hole: "You"},
		},
		"mattermost": {
			{asked: asked{what: "The server's address, such as https://chat.example.org", wrong: wrongAddress}, hole: "Server"},
			{asked: asked{what: "The bot account's access token", secret: true, wrong: wrongMattermostToken,
				where: "the main menu: Integrations, Bot Accounts, Create New Token"}, file: "bot.token"},
			{asked: asked{what: "The address under which that server reaches the bot, such as https://bot.example.org", optional: true, wrong: wrongAddress,
				where: "for buttons, forms and /gofirst; leave it empty to begin without"}, hole: "URL"},
			{asked: you("user name, without the @"), hole: "You"},
		},
	}
}

// you asks for the first steward.
func you(how string) asked {
	return asked{what: "Your own " + how, where: "you will be able to turn playbooks on and off", wrong: wrongName}
}

func wrongName(text string) string {
	if strings.ContainsAny(text, " \t,\"'{}[]") {
		return "one name or address, without spaces"
	}
	return ""
}

// The tokens of Slack differ by how they begin: https://docs.slack.dev/authentication/tokens
func wrongAppToken(text string) string {
	return wrongSlackToken(text, "xapp-", "the app-level token begins with xapp-: Basic Information, App-Level Tokens, Generate")
}

func wrongBotToken(text string) string {
	return wrongSlackToken(text, "xoxb-", "the bot token begins with xoxb-: OAuth & Permissions, Bot User OAuth Token")
}

func wrongSlackToken(text, begins, right string) string {
	if strings.HasPrefix(text, begins) && slackForm().MatchString(text) {
		return ""
	}
	for prefix, name := range map[string]string{
		"xoxb-": "a bot token", "xapp-": "an app-level token", "xoxp-": "a user's token", "xoxe": "a token for configuring apps",
	} {
		if prefix != begins && strings.HasPrefix(text, prefix) {
			return "this is " + name + "; " + right
		}
	}
	if slackSecretForm().MatchString(text) {
		return "this looks like a signing or client secret; " + right
	}
	return right
}

func slackForm() *regexp.Regexp       { return regexp.MustCompile(`^[A-Za-z0-9-]{8,}$`) }
func slackSecretForm() *regexp.Regexp { return regexp.MustCompile(`^[0-9a-f]{32}$`) }

// A bot's token has three parts: https://docs.discord.com/developers/reference#authentication
func wrongDiscordToken(text string) string {
	switch {
	case regexp.MustCompile(`^[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]{20,}$`).MatchString(text):
		return ""
	case strings.HasPrefix(text, "Bot "):
		return "leave out the word \"Bot\""
	case regexp.MustCompile(`^[0-9]{15,}$`).MatchString(text):
		return "this is an identifier; the token has three parts with dots between: Bot, Reset Token"
	case regexp.MustCompile(`^[0-9a-f]{64}$`).MatchString(text):
		return "this is the public key; the token has three parts with dots between: Bot, Reset Token"
	}
	return "a bot's token has three parts with dots between: Bot, Reset Token; OAuth2 shows another secret"
}

func wrongMattermostToken(text string) string {
	if regexp.MustCompile(`^[a-z0-9]{26}$`).MatchString(text) {
		return ""
	}
	return "an access token has 26 small letters and digits; it is shown once, when it is made (not the \"Token ID\" under it)"
}
