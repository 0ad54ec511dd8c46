package adaptertest

import (
	"regexp"
	"slices"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

func directoryChecks() []check {
	return []check{
		{"Directory: people", nil, knowsPeople},
		{"Directory: channels", nil, knowsChannels},
		{"Directory: groups", []Part{Groups}, knowsGroups},
		{"Directory: time zones", []Part{Zones}, knowsZones},
		{"Directory: languages", []Part{Languages}, knowsLanguages},
	}
}

func knowsPeople(t *trial) {
	a, s := t.open()
	d, space := ability[chat.Directory](t, a), t.space(a, s)
	p, err := d.Person(t.Context(), s.Person())
	if err != nil || p.User != s.Person() || p.Name == "" || p.Bot {
		t.Errorf("Person gives %+v, %v", p, err)
	}
	for _, name := range []string{p.Handle, "@" + p.Handle, string(s.Person())} {
		if u, err := d.Find(t.Context(), space, name); p.Handle != "" && (err != nil || u != s.Person()) {
			t.Errorf("Find(%q) gives %q, %v, want %s", name, u, err, s.Person())
		}
	}
	_, err = d.Person(t.Context(), "no-such-person")
	t.kind(err, "Person of nobody", chat.Gone, chat.Refused)
	_, err = d.Find(t.Context(), space, "no-such-person")
	t.kind(err, "Find of nobody", chat.Gone, chat.Refused)
	_, err = d.Group(t.Context(), space, "no-such-group")
	t.kind(err, "Group of nobody", chat.Gone, chat.Refused)
}

func knowsChannels(t *trial) {
	a, s := t.open()
	d := ability[chat.Directory](t, a)
	info, err := d.Channel(t.Context(), s.Channel())
	if err != nil || info.Channel != s.Channel() || info.Name == "" || info.Space == "" || info.Direct {
		t.Errorf("Channel gives %+v, %v", info, err)
	}
	for _, name := range []string{info.Name, "#" + info.Name} {
		if id, err := d.FindChannel(t.Context(), info.Space, name); err != nil || id != s.Channel() {
			t.Errorf("FindChannel(%q) gives %q, %v, want %s", name, id, err, s.Channel())
		}
	}
	all, err := d.Channels(t.Context(), info.Space)
	if err != nil || !slices.Contains(all, info) {
		t.Errorf("Channels gives %+v, %v, without %+v", all, err, info)
	}
	members, err := d.Members(t.Context(), s.Channel())
	if err != nil || !slices.Contains(members, s.Person()) {
		t.Errorf("Members gives %v, %v, without %s", members, err, s.Person())
	}
	_, err = d.Channel(t.Context(), "no-such-channel")
	t.kind(err, "Channel of none", chat.Gone, chat.Refused)
	_, err = d.FindChannel(t.Context(), info.Space, "no-such-channel")
	t.kind(err, "FindChannel of none", chat.Gone, chat.Refused)
}

func knowsGroups(t *trial) {
	a, s := t.open()
	d, g := ability[chat.Directory](t, a), has[Grouped](t, s)
	for _, name := range []string{g.Group(), "@" + g.Group()} {
		members, err := d.Group(t.Context(), t.space(a, s), name)
		if err != nil || !slices.Contains(members, s.Person()) {
			t.Errorf("Group(%q) gives %v, %v, without %s", name, members, err, s.Person())
		}
	}
}

func knowsZones(t *trial) {
	a, s := t.open()
	p, err := ability[chat.Directory](t, a).Person(t.Context(), s.Person())
	if t.fine("Person", err); p.Zone == "" {
		t.Error("Person tells no time zone, and the harness does not say that zones do not apply")
	}
	if _, err := time.LoadLocation(p.Zone); err != nil {
		t.Errorf("Person tells the zone %q: %v", p.Zone, err)
	}
}

func knowsLanguages(t *trial) {
	a, s := t.open()
	p, err := ability[chat.Directory](t, a).Person(t.Context(), s.Person())
	if t.fine("Person", err); !regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`).MatchString(p.Language) {
		t.Errorf("Person tells the language %q, want a tag as in BCP 47, and the harness does not say that languages do not apply", p.Language)
	}
}
