package bot

import (
	"encoding/json"
	"time"

	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// prefs are what a person chose for themself. Empty means: as the profile, the room or the space has it.
type prefs struct {
	Zone        string `json:"zone,omitempty"`        // IANA
	Hours       string `json:"hours,omitempty"`       // "Mon-Fri 09:00-18:00"
	Language    string `json:"language,omitempty"`    // en, fr
	Address     string `json:"address,omitempty"`     // tu, vous
	Rescue      string `json:"rescue,omitempty"`      // ask me, just ask, leave mine alone
	Recognition string `json:"recognition,omitempty"` // public, team, private, none
	Pauses      string `json:"pauses,omitempty"`      // of single playbooks: see pausedFor
}

// prefsOf reads a person's preferences; broken ones count as none.
func prefsOf(p store.Person) prefs {
	var out prefs
	if p.Prefs != "" && json.Unmarshal([]byte(p.Prefs), &out) != nil {
		return prefs{}
	}
	return out
}

func (p prefs) String() string {
	if p == (prefs{}) {
		return ""
	}
	text, _ := json.Marshal(p) // strings always encode
	return string(text)
}

// rescue says what is to happen with an own question that hangs.
func (p prefs) rescue() string {
	if p.Rescue == "" {
		return "ask me"
	}
	return p.Rescue
}

// recognition says who may see thanks to this person; until they chose, only they do.
func (p prefs) recognition() string {
	if p.Recognition == "" {
		return "private"
	}
	return p.Recognition
}

// tongue is how to speak to somebody.
type tongue struct {
	language string
	formal   bool // vous
	zone     *time.Location
	call     string // what people write instead of "/gofirst"; empty: nothing
}

// userOf gives the account of a person, where it is known: from this process's memory or from the sealed row.
func (t *turn) userOf(id store.PersonID) chat.UserID {
	if id == 0 {
		return ""
	}
	if user, ok := t.conn.users.get(id); ok {
		return user
	}
	user, ok, err := t.tx.Unseal(id)
	if err != nil || !ok {
		return ""
	}
	t.conn.users.put(id, user)
	return user
}

// hoursOf says when a person may be disturbed: as they said, else the defaults, in their own zone.
func (t *turn) hoursOf(p store.Person) calendar.Hours {
	own := prefsOf(p)
	h := calendar.Hours{Zone: t.zoneOfPerson(p, own), Week: t.options.Defaults.Week}
	if own.Hours != "" {
		if w, err := calendar.ParseTimetable(own.Hours); err == nil {
			h.Week = w
		}
	}
	if !p.AwayUntil.IsZero() {
		h.Away = []calendar.Interval{{From: p.AwayFrom, Until: p.AwayUntil}}
	}
	return h
}

func (t *turn) zoneOfPerson(p store.Person, own prefs) *time.Location {
	if zone := location(own.Zone); zone != nil {
		return zone
	}
	if !t.options.OneZone {
		if zone := location(t.conn.people.remembered(t.userOf(p.ID)).Zone); zone != nil {
			return zone
		}
	}
	return t.options.Defaults.Zone
}

func location(name string) *time.Location {
	if name == "" {
		return nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil
	}
	return zone
}

// roomHours are the hours of a room: the space's, in the room's zone.
func (t *turn) roomHours(p store.Place) calendar.Hours {
	return calendar.Hours{Zone: t.zoneOf(p), Week: t.options.Defaults.Week}
}

func (t *turn) zoneOf(p store.Place) *time.Location {
	if zone := location(p.Zone); zone != nil {
		return zone
	}
	return t.options.Defaults.Zone
}

// tongueOf says how to speak to a person in private: their preference, else their profile, else the space.
func (t *turn) tongueOf(p store.Person) tongue {
	own := prefsOf(p)
	out := tongue{language: own.Language, formal: t.options.Defaults.Formal, zone: t.zoneOfPerson(p, own), call: t.conn.info.Mention}
	if out.language == "" {
		out.language = spoken(t.conn.people.remembered(t.userOf(p.ID)).Language)
	}
	if out.language == "" {
		out.language = t.options.Defaults.Language
	}
	switch own.Address {
	case "tu":
		out.formal = false
	case "vous":
		out.formal = true
	}
	return out
}

// tongueIn says how to speak in a room: as it is set, else as the space.
func (t *turn) tongueIn(p store.Place) tongue {
	out := tongue{language: p.Language, formal: t.options.Defaults.Formal, zone: t.zoneOf(p), call: t.conn.info.Mention}
	if out.language == "" {
		out.language = t.options.Defaults.Language
	}
	return out
}

// spoken gives the language of a BCP 47 tag if the bot speaks it, else "".
func spoken(tag string) string {
	if len(tag) < 2 {
		return ""
	}
	switch tag[:2] {
	case "en", "fr":
		return tag[:2]
	}
	return ""
}
