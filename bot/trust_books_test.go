package bot_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/gofirst/gofirst/playbooks"
)

// author makes playbooks up, out of all that the language has, with no manners at all: whatever loads is played.
type author struct {
	*rand.Rand
	asked   []string // names under which something is asked so far
	refused int      // playbooks that the loader would not have
}

func (a *author) of(list ...string) string { return list[a.IntN(len(list))] }

// some gives some of a list, at least one.
func (a *author) some(list ...string) []string {
	a.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list[:1+a.IntN(min(3, len(list)))]
}

// book writes until the loader takes it.
func (a *author) book(name string) *playbooks.Playbook {
	for {
		p, err := playbooks.Load(name+".yaml", []byte(a.write(name)))
		if err == nil {
			return p
		}
		a.refused++
	}
}

func (a *author) write(name string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "playbook: %s\n", name)
	for _, key := range []string{"about", "hypothesis", "harm"} {
		fmt.Fprintf(&b, "%s: {en: Made up., fr: Inventé.}\n", key)
	}
	b.WriteString("measure: {practice: share, window: 1 working day}\nstop: {harm: 20, after: 8 weeks}\n")
	fmt.Fprintf(&b, "settings:\n  rooms: {type: channels}\n  some: {type: role, default: %s}\n  others: {type: role, default: %s}\n",
		a.of("leader", "helper", "host"), a.of("leader", "helper", "host"))
	b.WriteString("  patience: {type: choice, of: [eager, normal, patient], default: eager}\n" +
		"  closing: {type: text, default: incident closed}\n  least: {type: number, default: 1}\nrules:\n")
	a.asked = nil
	for i := range 1 + a.IntN(4) {
		a.rule(&b, i)
	}
	return b.String()
}

func (a *author) rule(b *strings.Builder, i int) {
	fmt.Fprintf(b, "  - name: rule %d\n    when: %s\n", i, a.when())
	if a.IntN(3) == 0 {
		fmt.Fprintf(b, "    if: %s\n", a.of("not author.bot", "room.posts >= settings.least", "question.open", "act.declared",
			"leader.quiet_days > 3", "asked < 3", "not author.host", "act.by_leader", "items >= settings.least"))
	}
	picks := a.IntN(2) == 0
	if picks {
		fmt.Fprintf(b, "    pick: {from: %s, likely: %s, up_to: %d}\n", a.of("some", "others"), a.of("to answer", "to share", "to welcome"), 1+a.IntN(3))
	}
	fmt.Fprintf(b, "    do: [%s]\n", a.what(i, picks))
	if a.IntN(8) > 0 {
		fmt.Fprintf(b, "    at_most: {%s}\n", a.of("per_person: 9 a day", "per_room: 9 a day", "per_person: once", "per_room: 2 a week, per_person: 1 a week"))
	}
}

// when is a trigger; one that goes on from what was asked as often as any other.
func (a *author) when() string {
	if len(a.asked) > 0 && a.IntN(2) == 0 {
		with := strings.Join(a.some(slices.Clone(playbooks.Choices)...), ", ")
		return fmt.Sprintf("{answered: %s, %s}", a.of(a.asked...), a.of("or: silence", "with: ["+with+"]", "with: ["+with+"], or: silence"))
	}
	switch a.IntN(9) {
	case 0, 1:
		return fmt.Sprintf(`{schedule: {every: %s, day: %s, at: "%02d:%02d", in: rooms, for: some}}`, a.of("week", "week", "fortnight", "month"), a.of("monday", "tuesday", "friday", "sunday"), a.IntN(24), a.IntN(60))
	case 2:
		return fmt.Sprintf(`{schedule: {every: %s, at: "%02d:00", in: rooms%s}}`, "day", a.IntN(24), a.of("", ", for: some"))
	case 3:
		return "{question_unanswered: {in: rooms, patience: patience}}"
	case 4:
		return "{" + a.of("question_answered", "question_thanked", "joined") + ": {in: rooms}}"
	case 5:
		return "{heard: {in: rooms, saying: closing}}"
	case 6:
		return fmt.Sprintf("{first: {of: [%s], in: rooms}}", strings.Join(a.some("question", "answer", "share"), ", "))
	}
	after := a.of("", "", ", after: 1h", ", after: 1 working day", ", after: 8 days")
	return fmt.Sprintf("{act: {kind: [%s], in: rooms%s}}", strings.Join(a.some(slices.Clone(playbooks.Kinds)...), ", "), after)
}

func (a *author) what(i int, picks bool) string {
	expires := a.of("1h", "8h", "12h", "2 days", "10 days")
	buttons := strings.Join(a.some(slices.Clone(playbooks.Choices)...), ", ")
	switch kind := a.IntN(7); {
	case !picks && kind == 0:
		return fmt.Sprintf("post: {under: %s, as: said%d, expires: %s, buttons: [%s], text: %s}", a.of("act", "question"), i, expires, buttons, a.text())
	case !picks && kind == 1:
		return fmt.Sprintf("post: {as: said%d, expires: %s, text: %s}", i, expires, a.text())
	case !picks && kind == 2:
		return fmt.Sprintf("digest: {as: said%d, of: 7 days, expires: %s, lines: {head: {en: Here., fr: Voilà.}}}", i, expires)
	}
	whom := a.of("author", "leader", "receiver")
	if picks {
		whom = "picked"
	}
	name := fmt.Sprintf("ask%d", i)
	a.asked = append(a.asked, name)
	alive := a.of("", "", ", alive: room")
	return fmt.Sprintf("tell: {whom: %s, as: %s, open_for: %s, expires: %s%s, buttons: [%s], text: %s}", whom, name,
		a.of("1h active", "2h", "1 working day", "3 days", "9 days"), expires, alive, buttons, a.text())
}

// text names whom it can.
func (a *author) text() string {
	holes := strings.Join(a.some("{author}", "{leader}", "{picked}", "{receiver}", "{room}", "{link}", "{links}", "{followers}", "{waited}"), " ")
	return fmt.Sprintf(`{en: "Bot here. %s.", fr: "Ici le bot. %s."}`, holes, holes)
}
