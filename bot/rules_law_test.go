package bot_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gofirst/gofirst/adapters/local"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/playbooks"
)

// The rules that hold for all playbooks, and for each that the engine keeps a playbook that loads and yet tries to break
// it, or circumstances that do. What loading refuses is in playbooks/rules_test.go; trust_attention_test.go lets the
// first three be tried for a year, by chance.

// law is one of the twelve rules, and an office in which something is out to break it.
type law struct {
	name  string
	rules string // of the hostile playbook
	try   func(*testing.T, *trustWorld)
}

func laws() []law {
	daily := "  - name: n%d\n    when: {schedule: {every: day, at: \"%s\", in: rooms, for: some}}\n" +
		"    do: [{tell: {whom: leader, as: a%d, open_for: 1h, expires: 8h, buttons: [pass], text: {en: Bot here., fr: Ici le bot.}}}]\n    at_most: {per_person: 9 a day}\n"
	posted := "  - name: p%d\n    when: {schedule: {every: day, at: \"%s\", in: rooms}}\n" +
		"    do: [{post: {expires: 8h, text: {en: \"Good day, @idahoan and @here and @channel.\", fr: Bonjour.}}}]\n    at_most: {per_room: 9 a day}\n"
	rescue := "  - name: first\n    when: {question_unanswered: {in: rooms, patience: patience}}\n    pick: {from: others}\n" +
		"    do: [{tell: {whom: picked, as: ask, open_for: 9 days, buttons: [take, pass], text: {en: Bot here., fr: Ici le bot.}}}]\n    at_most: {per_person: 9 a day}\n" +
		following("again", "ask", "more") + following("and again", "more", "last")
	goesOn := strings.Replace(fmt.Sprintf(daily, 1, "10:00", 1), "[pass]", "[yes]", 1) + "  - name: on\n    when: {answered: a1, with: yes}\n" +
		"    do: [{tell: {whom: leader, as: b, text: {en: Bot here again., fr: Ici le bot.}}}]\n"
	members := "  - name: members\n    when: {schedule: {every: day, at: \"10:00\", in: rooms, for: others}}\n" +
		"    do: [{tell: {whom: leader, as: it, open_for: 1h, expires: 8h, buttons: [write], text: {en: Bot here., fr: Ici le bot.}}}]\n    at_most: {per_person: 9 a day}\n"
	impact := "  - name: impact\n    when: {act: {kind: share, in: rooms, after: 3 days}}\n" +
		"    do: [{tell: {whom: author, as: it, expires: 8h, text: {en: \"Bot here. {followers}\", fr: \"Ici le bot. {followers}\"}}}]\n    at_most: {per_person: 9 a day}\n"
	digest := "  - name: week\n    when: {schedule: {every: day, at: \"16:00\", in: rooms}}\n" +
		"    do: [{digest: {of: 7 days, lines: {head: {en: Here., fr: Voilà.}, thanks: {en: \"{receivers}, for {words}\", fr: \"{receivers}, pour {words}\"}}}}]\n    at_most: {per_room: 9 a day}\n"
	linked := "  - name: linked\n    when: {question_unanswered: {in: rooms, patience: patience}}\n" +
		"    do: [{tell: {whom: author, as: it, text: {en: \"Bot here. {link} {room}\", fr: \"Ici le bot. {link}\"}}}]\n    at_most: {per_person: 9 a day}\n"
	never := strings.Replace(fmt.Sprintf(daily, 1, "10:00", 1), "    do:", "    if: 1 % room.open == 0\n    do:", 1)
	return []law{
		{"rule 1: one nudge a day, two a week", fmt.Sprintf(daily+daily+daily, 1, "09:30", 1, 2, "11:00", 2, 3, "15:00", 3), keepsBudget},
		{"rule 1: one unasked post a room and day", fmt.Sprintf(posted+posted+posted, 1, "09:30", 2, "11:00", 3, "15:00"), keepsRoomBudget},
		{"rule 2: quiet hours, leave, pause, opt-out", fmt.Sprintf(daily, 1, "03:00", 1), leavesAlone},
		{"rule 2: a role given back", goesOn, forgetsRole},
		{"rule 2: an invitation too late dies", fmt.Sprintf(daily, 1, "01:00", 1), diesLate},
		{"rule 3: silence is not followed up", rescue, asksOnce},
		{"rule 4: no counters", impact, countsNothing},
		{"rule 5: example before request", members, waitsForLeader},
		{"rule 6: it says why", fmt.Sprintf(daily, 1, "10:00", 1), saysWhy},
		{"rule 8: never the room", fmt.Sprintf(posted, 1, "10:00"), pingsNobody},
		{"rule 9: the group line, and the person's with consent", digest, thanksWithConsent},
		{"rule 10: a reason for silence", never, hasReasons},
		{"rule 11: when unsure, quiet", fmt.Sprintf(daily, 1, "10:00", 1), doubts},
		{"rule 12: nobody's words", linked, keepsNoWords},
	}
}

// following is a rule that picks somebody when whoever was asked before said nothing, or passed.
func following(name, after, ask string) string {
	return "  - name: " + name + "\n    when: {answered: " + after + ", with: pass, or: silence}\n    pick: {from: others}\n" +
		"    do: [{tell: {whom: picked, as: " + ask + ", open_for: 9 days, buttons: [take, pass], text: {en: Bot here., fr: Ici le bot.}}}]\n" +
		"    at_most: {per_person: 9 a day}\n"
}

// hostileBook is a playbook with these rules, for leaders and helpers.
func hostileBook(t *testing.T, rules string) *playbooks.Playbook {
	t.Helper()
	text := "playbook: hostile\nabout: {en: Harm., fr: Du mal.}\nhypothesis: {en: Harm., fr: Du mal.}\nharm: {en: Harm., fr: Du mal.}\n" +
		"measure: {practice: share, window: 1 working day}\nstop: {harm: 20, after: 8 weeks}\nsettings:\n  rooms: {type: channels}\n" +
		"  some: {type: role, default: leader}\n  others: {type: role, default: helper}\n" +
		"  patience: {type: choice, of: [eager, normal, patient], default: eager}\nrules:\n" + rules
	b, err := playbooks.Load("hostile.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestTwelveRules(t *testing.T) {
	t.Parallel()
	for _, l := range laws() {
		t.Run(l.name, func(t *testing.T) {
			t.Parallel()
			deaf := strings.HasPrefix(l.name, "rule 11")
			w := newTrustWorld(t, filepath.Join(t.TempDir(), "gofirst.db"), []string{"platform"}, trustPeople(), func(w *trustWorld) {
				w.extra = []*playbooks.Playbook{hostileBook(t, l.rules)}
				w.fill = func(b *playbooks.Playbook) (map[string]any, bool) {
					return map[string]any{"rooms": []string{"platform"}}, b.ID == "hostile"
				}
				if deaf {
					w.wrap = func(a chat.Adapter) chat.Adapter { return unsureSend{a.(*local.Adapter)} }
					w.take = func(ev chat.Event) error {
						if ev.Head().Actor.Self {
							return nil
						}
						return w.engine.Take(context.Background(), "local", ev, w.now)
					}
				}
			})
			defer func() { w.close() }()
			l.try(t, w)
		})
	}
}

// unsureSend sends, and does not know it.
type unsureSend struct{ *local.Adapter }

func (a unsureSend) Send(ctx context.Context, d chat.Delivery) (chat.Receipt, error) {
	if _, err := a.Adapter.Send(ctx, d); err != nil {
		return chat.Receipt{}, err
	}
	return chat.Receipt{}, &chat.Error{Op: "send", Kind: chat.Unsure, Err: errKilled}
}

// to gives when the bot spoke to somebody of its own accord; to nobody: in the room.
func (w *trustWorld) to(user chat.UserID) (at []time.Time, texts []string) {
	for _, p := range w.said() {
		if p.To == user {
			at, texts = append(at, p.Time), append(texts, p.Text)
		}
	}
	return at, texts
}
