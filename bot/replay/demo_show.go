package replay

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/chat"
)

// demoBeats are what the bot says that belongs to the story, each shown once: by playbook and rule, the engine's own
// notices without a playbook.
var demoBeats = map[string]string{
	"share-first/invite the leader":  "invitation",
	"share-first/under the example":  "under",
	"question-rescue/ask the asker":  "asked",
	"question-rescue/ask one helper": "helper",
	"/thanks":                        "consent",
	"restitution/weekly digest":      "digest",
}

// seen is the engine's trace.
func (d *Demo) seen(tr bot.Trace) {
	if tr.Step == bot.Said {
		d.spoke(tr)
	}
	if d.counted {
		d.silence.seen(tr)
		d.quiet(tr)
	}
	if d.visited {
		d.besideVisitor(tr)
	}
}

// spoke shows what the bot has just said, if it belongs to the story, and lets people answer it.
func (d *Demo) spoke(tr bot.Trace) {
	fresh := d.hear()
	if len(fresh) == 0 {
		return
	}
	s, rule := fresh[len(fresh)-1], tr.Playbook+"/"+tr.Rule
	if beat := demoBeats[rule]; beat != "" && d.counted && !d.told[beat] {
		first := !d.told["invitation"]
		d.told[beat] = true
		line := DemoLine{Beat: beat, At: s.At, From: d.stage.Self(), Bot: true, To: s.To, Channel: s.Channel, Under: s.Under, Text: s.Text, Buttons: s.Buttons}
		if s.To != "" {
			line.Text = gist(s.Text)
		}
		if !first {
			line.Buttons = own(s.Buttons)
		}
		d.o.Show(line)
	}
	if respond := responses()[rule]; respond != nil {
		respond(d, tr, s)
	}
}

// own leaves of the buttons those on which the story turns; "…" is for why, stop and the like, which its first message
// shows, and for what a digest offers.
func own(buttons []chat.Button) (out []chat.Button) {
	for _, b := range buttons {
		if !slices.Contains([]string{"why", "stop", "fortnight", "takeone"}, choiceOf(b)) {
			out = append(out, b)
		}
	}
	if len(out) < len(buttons) {
		out = append(out, chat.Button{Label: "…"})
	}
	return out
}

// gist leaves of a private message the question, the sentence before it, and the last one that names no command: why
// you, what is asked, and that it may be left. "…" stands where sentences were left out.
func gist(text string) string {
	all := sentencesOf(text)
	asks, last := 0, len(all)-1
	for last > 0 && strings.Contains(all[last], "`") {
		last--
	}
	for asks < len(all) && !strings.Contains(all[asks], "?") {
		asks++
	}
	if asks == len(all) {
		return text
	}
	var out []string
	for i, s := range all {
		switch kept := i == asks || i == asks-1 || i == last; {
		case kept:
			out = append(out, s)
		case len(out) == 0 || out[len(out)-1] != "…":
			out = append(out, "…")
		}
	}
	return strings.Join(out, " ")
}

// sentencesOf cuts a text at its line breaks and behind the sentences' ends.
func sentencesOf(text string) (all []string) {
	for _, line := range strings.Split(text, "\n") {
		from := 0
		for i, r := range line {
			next := i + utf8.RuneLen(r)
			if !strings.ContainsRune(".!?…", r) || next < len(line) && line[next] != ' ' {
				continue
			}
			all, from = append(all, strings.TrimSpace(line[from:next])), next
		}
		if rest := strings.TrimSpace(line[from:]); rest != "" {
			all = append(all, rest)
		}
	}
	return all
}

// person shows what somebody says, who is no bot.
func (d *Demo) person(line DemoLine) {
	if !d.counted {
		return
	}
	d.tally.people++
	line.At = d.Now()
	d.o.Show(line)
}

// remark shows a line of the narrator's.
func (d *Demo) remark(beat, id string, fill ...string) {
	d.o.Show(DemoLine{Beat: beat, Text: d.say(id, fill...)})
}

// hush shows why the bot is quiet at this moment.
func (d *Demo) hush(beat string, fill ...string) {
	d.o.Show(DemoLine{Beat: beat, At: d.Now(), Quiet: true, Text: d.say(beat, fill...)})
}

// gap tells how much of a week was not shown.
func (d *Demo) gap() error {
	d.hear()
	if d.counted {
		id := "gap"
		if d.tally.bot == d.tally.botBefore {
			id = "gap.silent"
		}
		d.remark("gap", id, "{n}", strconv.Itoa(d.tally.hidden))
	}
	d.tally.hidden, d.tally.botBefore = 0, d.tally.bot
	return nil
}

// called is a person's name.
func (d *Demo) called(user chat.UserID) string {
	r, size := utf8.DecodeRuneInString(string(user))
	return string(unicode.ToUpper(r)) + string(user)[size:]
}

func (d *Demo) roomName(part string) string {
	for _, r := range demoRooms {
		if r.part == part {
			return r.name.in(d.o.Language)
		}
	}
	return part
}

func (d *Demo) weeks() string {
	id := "weeks." + strconv.Itoa(d.o.Weeks)
	if _, ok := demoWords[id]; !ok {
		id = "weeks.n"
	}
	return strings.ReplaceAll(demoWords[id].in(d.o.Language), "{n}", strconv.Itoa(d.o.Weeks))
}

// when says a time of the coming days: "Monday, 09:30".
func (d *Demo) when(at time.Time) string {
	day := at.Weekday().String()
	if d.o.Language == "fr" {
		day = []string{"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"}[at.Weekday()]
	}
	return day + ", " + at.Format("15:04")
}
