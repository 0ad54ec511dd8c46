package bot

import (
	"hash/fnv"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// compose makes the message of a claimed delivery, in the language of whoever will read it.
func (t *turn) compose(out *draft) error {
	g := t.tongueIn(out.w.place)
	out.message.To = chat.To{Space: out.d.Space, Channel: out.w.place.Channel, Thread: out.d.Thread}
	if out.d.Recipient != 0 {
		g = t.tongueOf(out.w.person)
		out.message.To = chat.To{Space: out.d.Space, Person: t.userOf(out.d.Recipient)}
		out.message.Private = true
	}
	switch a := actionOf(out.w.rule, out.d.Step).(type) {
	case playbooks.Tell:
		out.message.Body = t.words(g, a.Text, out)
		out.message.Buttons = t.buttons(g, out.d.Key, a.Buttons)
	case playbooks.Post:
		out.message.Body = t.words(g, a.Text, out)
		out.message.Buttons = t.buttons(g, out.d.Key, a.Buttons)
	case playbooks.Digest:
		return t.composeDigest(g, out, a)
	default:
		return t.composeNotice(g, out)
	}
	return nil
}

// words fills a playbook's text. Which variant is said follows from the delivery's key: the same on every try.
func (t *turn) words(g tongue, text *playbooks.Text, out *draft) []chat.Node {
	h := fnv.New32a()
	h.Write([]byte(out.d.Key))
	return t.texts.fill(g, text.In(g.language, g.formal, h.Sum32()), t.holes(g, out))
}

// holes fills what a playbook's text may ask for.
func (t *turn) holes(g tongue, out *draft) holes {
	c := out.cause
	fill := holes{
		"author":  t.mention(g, c.author),
		"leader":  t.mention(g, c.leader),
		"picked":  t.mention(g, out.d.Recipient),
		"room":    {chat.Room{Channel: c.place.Channel}},
		"weekday": text(t.texts.word(g, "weekday."+strings.ToLower(t.now.In(g.zone).Weekday().String()))),
		"link":    {chat.PostLink{Channel: c.place.Channel, Message: c.message}},
	}
	if c.receiver != 0 {
		fill["receiver"] = t.mention(g, c.receiver)
	}
	if open, err := t.openHere(c.place, out.d.Recipient); err == nil {
		fill["links"] = t.questionLinks(g, c.place, first(open, digestOpen))
	}
	if c.question != nil {
		fill["waited"] = t.waited(g, t.now.Sub(c.question.At))
		if out.d.Recipient != 0 && out.d.Recipient == c.question.Asker {
			fill["similar"] = t.similarTo(g, c.place, *c.question)
		}
	}
	if c.act != nil {
		fill["followers"] = t.followers(g, c)
	}
	return fill
}

// mention names a person, or says "somebody" where their account is no longer known.
func (t *turn) mention(g tongue, id store.PersonID) []chat.Node {
	if user := t.userOf(id); user != "" {
		return []chat.Node{chat.Mention{User: user}}
	}
	return text(t.texts.word(g, "somebody"))
}

// waited says for how long something has been open: "after three hours", "after two days".
func (t *turn) waited(g tongue, d time.Duration) []chat.Node {
	id, n := span(d)
	return t.texts.sayN(g, "waited."+id, n, nil)
}

// lasting says how long something took: "40 minutes", "two days".
func (t *turn) lasting(g tongue, d time.Duration) []chat.Node {
	id, n := span(d)
	return t.texts.sayN(g, "lasting."+id, n, nil)
}

// span rounds a duration to what people say of it.
func span(d time.Duration) (unit string, n int) {
	round := func(unit time.Duration) int { return max(1, int((d+unit/2)/unit)) }
	switch {
	case d < time.Hour:
		return "minutes", round(time.Minute)
	case d < 36*time.Hour:
		return "hours", round(time.Hour)
	}
	return "days", round(day)
}

// mostFollowers keeps a private message short, and how many there are untold.
const mostFollowers = 3

// followers names what others publicly made of an act: links and people, never a number.
func (t *turn) followers(g tongue, c cause) []chat.Node {
	adopted, err := t.tx.Adoptions(c.act.ID)
	if err != nil || len(adopted) == 0 {
		return t.texts.say(g, "followers.none", nil)
	}
	var list []chat.Node
	for i, a := range first(adopted, mostFollowers) {
		if i > 0 {
			list = append(list, chat.Text(", "))
		}
		list = append(list, t.mention(g, a.Author)...)
		list = append(list, chat.Text(" "))
		list = append(list, t.actLink(a)...)
	}
	return t.texts.say(g, "followers.some", holes{"links": list})
}

// actLink leads to where an act can be read.
func (t *turn) actLink(a store.Act) []chat.Node {
	place, ok, err := t.tx.PlaceByID(a.Place)
	if err != nil || !ok || a.Message == "" {
		return nil
	}
	return []chat.Node{chat.PostLink{Channel: place.Channel, Message: a.Message}}
}

// buttons give each choice its label, and a value that only this delivery's recipient can use.
func (t *turn) buttons(g tongue, key string, choices []string) []chat.Button {
	var out []chat.Button
	for _, choice := range choices {
		out = append(out, chat.Button{Label: t.texts.word(g, "button."+choice), Value: t.buttonValue(key, choice)})
	}
	return out
}

func (t *turn) buttonValue(key, choice string) string {
	return key + "." + choice + "." + t.store.Key().ButtonMAC(key, choice)
}
