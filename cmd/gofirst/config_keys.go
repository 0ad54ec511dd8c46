package main

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/gofirst/gofirst/playbooks"
)

// This file reads the keys of the configuration one by one.

func (c *config) readPath(v value, to *string) {
	if text, ok := v.text(); ok && text == "" {
		v.fail("wants a path")
	} else if ok {
		*to = c.path(text)
	}
}

func (c *config) readLanguage(v value) {
	if text, ok := v.one(playbooks.Languages...); ok {
		c.language = text
	}
}

func (c *config) readAddress(v value) {
	text, _ := v.one("tu", "vous")
	c.formal = text == "vous"
}

func (c *config) readZone(v value) {
	if zone, ok := readZone(v); ok {
		c.zone = zone
	}
}

func readZone(v value) (*time.Location, bool) {
	text, ok := v.text()
	if !ok {
		return nil, false
	}
	zone, err := time.LoadLocation(text)
	if err != nil || text == "" || text == "Local" {
		v.fail("there is no time zone %q; zones are named like Europe/Paris", text)
		return nil, false
	}
	return zone, true
}

func (c *config) readHours(v value) {
	text, ok := v.text()
	if !ok {
		return
	}
	week, err := calendar.ParseTimetable(text)
	if err != nil {
		v.fail("%v", err)
		return
	}
	c.hours = week
}

func (c *config) readStewards(v value) {
	for _, w := range v.words() {
		if c.knowsPerson(w) {
			c.stewards = append(c.stewards, w.text)
		}
	}
}

// readReactions reads under which emoji people say what. An empty one switches it off.
func (c *config) readReactions(v value) {
	meanings := []string{
		string(bot.MeansOpen), string(bot.MeansTake), string(bot.MeansSolved), string(bot.MeansExample), string(bot.MeansThanks),
	}
	c.reactions = bot.DefaultReactions()
	said := map[string]bool{}
	for _, f := range v.fields() {
		emoji, ok := f.value.text()
		emoji = strings.Trim(emoji, ":")
		switch {
		case said[emoji] && emoji != "":
			f.value.fail("%s has a meaning already; an emoji has one", emoji)
		case !slices.Contains(meanings, f.key):
			f.unknown("unknown reaction %q", meanings)
		case ok && !emojiName.MatchString(emoji):
			f.value.fail("wants an emoji's short name, such as eyes or white_check_mark, not %q", emoji)
		case ok:
			c.reactions = c.reactions.With(bot.Meaning(f.key), emoji)
		}
		said[emoji] = true
	}
}

// emojiName is how services call an emoji in letters; nothing is one as well.
var emojiName = regexp.MustCompile(`^[a-z0-9_+-]*$`)

// readGroups reads who is asked whether they accept which role. Stewards have a key of their own.
func (c *config) readGroups(v value) {
	roles := slices.DeleteFunc(slices.Clone(playbooks.Roles), func(r string) bool { return r == "steward" })
	for _, f := range v.fields() {
		switch {
		case f.key == "steward":
			f.at.fail("stewards have a key of their own, outside of groups: \"stewards: [ana]\"")
			continue
		case !slices.Contains(roles, f.key):
			f.unknown("unknown role %q", roles)
			continue
		}
		for _, w := range f.value.words() {
			if c.knowsPerson(w) {
				c.groups[f.key] = append(c.groups[f.key], w.text)
			}
		}
	}
}

func (c *config) knowsPerson(w word) bool {
	name := strings.TrimPrefix(w.text, "@")
	if c.anywhere || slices.Contains(c.people, name) {
		return true
	}
	w.at.fail("there is no person %q%s", w.text, listed("known are ", c.people))
	return false
}

func (c *config) knowsRoom(w word) bool {
	name := strings.TrimPrefix(w.text, "#")
	if c.anywhere || slices.Contains(c.rooms, name) {
		return true
	}
	w.at.fail("there is no room %q%s", w.text, listed("there are ", c.rooms))
	return false
}

func listed(before string, names []string) string {
	if len(names) == 0 {
		return ""
	}
	return "; " + before + strings.Join(names, ", ")
}
