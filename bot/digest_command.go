package bot

import (
	"context"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// digestVerbs are the words behind "digest", in both languages.
func digestVerbs() map[string]string {
	verbs := map[string]string{}
	for verb, words := range map[string][]string{
		"preview":  {"preview", "apercu", "show", "montre", "here", "ici"},
		"now":      {"now", "maintenant", "post", "publie", "publier"},
		"schedule": {"schedule", "when", "plan", "horaire", "horaires", "programme", "planifie", "planifier", "quand"},
		"on":       {"on", "subscribe", "active", "activer", "abonne", "abonnement", "oui"},
		"off":      {"off", "stop", "unsubscribe", "desactive", "desactiver", "desabonne", "desabonnement", "non"},
	} {
		for _, word := range words {
			verbs[word] = verb
		}
	}
	return verbs
}

// digestCommand shows, posts and plans the digest of a room, and sends it to whoever asks for it. A word that it does
// not know is met with the nearest that it does.
func (t *turn) digestCommand(c *call, space chat.SpaceID) error {
	verbs, word := digestVerbs(), ""
	for _, tok := range tokens(c.text, c.references) {
		if tok.channel == "" && word == "" {
			word = normal(tok.word)
		}
	}
	switch verb := verbs[word]; {
	case word == "":
		return t.inRoom(c, space, (*turn).explainDigest, (*turn).listDigests)
	case verb == "off":
		return t.digestOff(c, space)
	case verb == "":
		return t.digestUnknown(c, word, verbs)
	case verb == "now" && !t.isSteward(c.user):
		return t.tellBack(c, "stewards.only", nil)
	default:
		do := map[string]func(*turn, *call, store.Place) error{
			"preview": (*turn).previewDigest, "now": (*turn).digestNow, "schedule": (*turn).digestSchedule, "on": (*turn).digestOn,
		}[verb]
		return t.inRoom(c, space, do, nil)
	}
}

func (t *turn) digestUnknown(c *call, word string, verbs map[string]string) error {
	if near := playbooks.Nearest(word, sortedKeys(verbs)); near != "" {
		return t.tellBack(c, "command.near", holes{"verb": {chat.Code(c.verb + " " + near)}})
	}
	return t.tellBack(c, "digest.what", nil)
}

// inRoom does something about the room that a command means, if the person can read it; otherwise the answer is the
// same as for a room that is not there. Without a room, nowhere says what to do; nil asks which one is meant.
func (t *turn) inRoom(c *call, space chat.SpaceID, do func(*turn, *call, store.Place) error, nowhere func(*turn, *call, chat.SpaceID) error) error {
	channel := roomWord(c)
	switch {
	case channel == "" && c.direct && nowhere != nil:
		return nowhere(t, c, space)
	case channel == "" && c.direct:
		return t.tellBack(c, "digest.which_room", nil)
	case channel == "" || channel == string(c.place.Channel):
		return do(t, c, c.place)
	}
	t.onStored(func(ctx context.Context) { t.inOtherRoom(ctx, c, space, channel, do) })
	return nil
}

// roomWord is the room that a command names: an identifier, or "#name" where the service has not told.
func roomWord(c *call) string {
	for _, tok := range tokens(c.text, c.references) {
		if tok.channel != "" {
			return tok.channel
		}
	}
	return ""
}

// inOtherRoom asks the service about the room, outside of the turn, and does it in another one.
func (t *turn) inOtherRoom(ctx context.Context, c *call, space chat.SpaceID, channel string, do func(*turn, *call, store.Place) error) {
	channel, err := t.room(ctx, t.conn, space, channel)
	seen := err == nil && t.sightOf(c).sees(ctx, chat.ChannelID(channel))
	t.anew(ctx, c, func(t *turn) error {
		place, ok, err := t.tx.FindPlace(t.conn.Name, chat.ChannelID(channel))
		if err != nil {
			return err
		}
		if !seen || !ok || place.Space != space {
			return t.tellBack(c, "digest.which_room", nil)
		}
		return do(t, c, place)
	})
}

// anew goes on with a command in another turn, after the service was asked something.
func (t *turn) anew(ctx context.Context, c *call, do func(*turn) error) {
	if err := t.Engine.turn(ctx, t.conn, t.now, do); err != nil {
		t.options.Log.Error("command not done", "connection", t.conn.Name, "err", err)
		t.say(ctx, t.conn, chat.Message{To: addressOf(c.reply), Private: true, Body: t.texts.say(c.g, "not_saved", nil)})
	}
}
