package bot

import (
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// isAlarm reports whether a delivery tells a steward what does not work.
func isAlarm(d store.Delivery) bool { return d.Playbook == "" && d.Rule == noticeAlarm }

// composeAlarm says what does not work, since when, and what to do.
func (t *turn) composeAlarm(g tongue, out *draft) error {
	name := strings.TrimPrefix(out.cause.slot, alarmSubject(""))
	value, _, err := t.tx.Setting(t.conn.Name, out.d.Space, settingBroken+name)
	if err != nil {
		return err
	}
	o, err := t.outageOf(name, value, out.d.Space)
	if err != nil {
		return err
	}
	out.message.Body = t.texts.say(g, "alarm."+o.what, t.outageHoles(g, o))
	return nil
}

func (t *turn) outageHoles(g tongue, o outage) holes {
	fill := holes{
		"room": {chat.Room{Channel: o.place.Channel}}, "playbook": {chat.Code(o.about)},
		"since": t.texts.moment(g, o.since, t.now), "reason": t.reason(g, o.reason),
	}
	if t.texts.has(g, "alarm.do."+string(o.reason)) {
		fill["do"] = t.texts.say(g, "alarm.do."+string(o.reason), nil)
	}
	return fill
}

// brokenLines say in a status what does not work.
func (t *turn) brokenLines(p *page, space chat.SpaceID) error {
	all, err := t.outages(space)
	for _, o := range all {
		p.say("broken."+o.what, t.outageHoles(p.g, o))
	}
	return err
}
