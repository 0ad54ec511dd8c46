package replay_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/replay"
)

var update = flag.Bool("update", false, "write the golden files anew")

// called names people and rooms by their identifiers.
type called struct{}

func (called) Person(u chat.UserID) string  { return "person " + string(u) }
func (called) Room(c chat.ChannelID) string { return string(c) }

// small is a result with one of everything.
func small() *replay.Result {
	day := time.Date(2021, 11, 3, 14, 5, 0, 0, time.UTC)
	r := &replay.Result{
		Messages: 1250, People: 31, Channels: 2, First: day, Last: day.AddDate(0, 3, 0),
		Questions: replay.Questions{Asked: 120, Answered: 112, NeverAnswered: 8, MedianMinutes: 42, NeedlessAsks: 2, HelperAsks: 6},
		Nudges: replay.Nudges{
			Total: 9, Mean: 0.03, P95: 0, Max: 2, Day: 1, Posts: 1,
			Held: map[string]int{"quiet_hours": 4, "daily_budget": 1, "a_reason_of_tomorrow": 1}, Weeks: []int{291, 7, 1}, Each: []int{3, 2, 2, 1, 1},
		},
		Off:     []replay.Off{{Playbook: "share-first", Rule: "invite the leader", Why: "nobody is named as leader (--leaders)"}},
		Skipped: map[string]int{"duplicate": 3, "hidden": 1}, About: map[string]string{"duplicate": "A message stands twice; the first was told."},
		Consent: "Consent is assumed of everybody addressed; live, each of them is asked once and may refuse.",
	}
	r.Hours[0][9], r.Hours[0][14], r.Hours[4][16] = 1, 6, 2
	for i, m := range []replay.Month{{Asked: 20, NeverAnswered: 1, MedianMinutes: 12, Nudges: 2}, {}, {Asked: 60, NeverAnswered: 5, MedianMinutes: 600, Nudges: 6, Posts: 1}, {Asked: 40, NeverAnswered: 2, MedianMinutes: 0.1, Nudges: 1}} {
		m.Start = time.Date(2021, time.Month(11+i), 1, 0, 0, 0, 0, time.UTC)
		r.Months = append(r.Months, m)
	}
	sample := func(after time.Duration, rule, fate, about, to string, came time.Duration) replay.Sample {
		return replay.Sample{Time: day.Add(after), Rule: rule, Reason: "no_coin", Fate: fate, About: about, Room: "help", To: chat.UserID(to), Author: "A", After: came}
	}
	r.Playbooks = []replay.Played{
		{Name: "question-rescue", Nudges: 4, Sample: []replay.Sample{
			sample(0, "ask the asker", "told", "told in private", "A", 3*time.Hour),
			sample(time.Hour, "ask one helper", "needless", "needless: somebody came by themself within the hour", "H", 12*time.Minute),
			sample(26*time.Hour, "ask one helper", "needless", "needless: somebody came by themself within the hour", "I", 20*time.Second),
			sample(50*time.Hour, "ask one helper", "never_answered", "nobody ever came", "H", 0),
		}},
		{Name: "restitution", Posts: 1, Sample: []replay.Sample{sample(72*time.Hour, "weekly digest", "posted", "posted in the room", "", 0)}},
		{Name: "share-first"},
	}
	return r
}

func html(t *testing.T, r *replay.Result, names replay.Namer, title string) string {
	t.Helper()
	var b bytes.Buffer
	if err := r.WriteHTML(&b, names, time.UTC, title); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// drawings are left out of the golden page: their last digits may differ between processors.
var drawings = regexp.MustCompile(`(?s)(<svg [^>]*>).*?</svg>`)

func TestReportHTML(t *testing.T) {
	t.Parallel()
	page := html(t, small(), called{}, "Rehearsal of the help room")
	page = drawings.ReplaceAllString(page, "$1</svg>")
	style := regexp.MustCompile(`(?s)<style>.*</style>`)
	page = regexp.MustCompile(`sha256-[^']*`).ReplaceAllString(style.ReplaceAllString(page, "<style></style>"), "sha256-…")
	golden(t, "report.golden.html", page)
}

func TestReportText(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := small().WriteText(&b, called{}, time.UTC); err != nil {
		t.Fatal(err)
	}
	golden(t, "report.golden.txt", b.String())
}

func TestReportHTMLIsTheSameEachTime(t *testing.T) {
	t.Parallel()
	once, again := html(t, small(), called{}, ""), html(t, small(), called{}, "")
	if once != again {
		t.Error("the same result gave two different pages")
	}
}

// hostile names are chosen by whoever makes a room.
type hostile struct{}

const attack = `"'><script>alert(1)</script><img src=x onerror=alert(1)></style></title>{{.}}`

func (hostile) Person(chat.UserID) string  { return attack }
func (hostile) Room(chat.ChannelID) string { return attack }

// allowed are the elements and attributes of the page. None of them fetches or runs anything.
var allowed = map[string][]string{
	"html": {"lang"}, "head": nil, "meta": {"charset", "http-equiv", "content", "name"}, "title": nil, "style": nil, "body": nil, "main": nil, "header": nil,
	"section": {"aria-labelledby", "class"}, "h1": nil, "h2": {"id", "class"}, "h3": nil, "p": {"class"}, "strong": nil, "ul": nil, "li": nil, "time": {"datetime"},
	"dl": nil, "dt": nil, "dd": nil, "br": nil, "span": {"class"}, "figure": nil, "figcaption": {"class"}, "details": nil, "summary": nil,
	"div": {"class", "role", "tabindex", "aria-label"}, "table": {"class"}, "thead": nil, "tbody": nil, "tr": nil, "td": {"class"}, "th": {"scope", "class", "rowspan"},
	"svg": {"viewBox", "aria-hidden", "focusable"}, "g": {"transform"},
	"path": {"d", "fill", "stroke", "fill-opacity", "stroke-opacity", "stroke-width"}, "text": {"x", "y", "transform", "fill", "font-size", "font-weight"},
}

func TestReportHTMLIsMarkupOfOursAlone(t *testing.T) {
	t.Parallel()
	r := small()
	for i := range r.Playbooks {
		r.Playbooks[i].Name = attack
		for j := range r.Playbooks[i].Sample {
			r.Playbooks[i].Sample[j].Rule = attack
		}
	}
	r.Off = []replay.Off{{Playbook: attack, Rule: attack, Why: attack}}
	r.Skipped, r.About = map[string]int{attack: 1, "known": 2}, map[string]string{"known": attack}
	r.Nudges.Held, r.Consent = map[string]int{attack: 3}, attack
	words := wellFormed(t, html(t, r, hostile{}, attack))
	if n := strings.Count(words, attack); n < 20 {
		t.Errorf("the hostile name is to be read %d times; it seems to have been lost", n)
	}
}

// wellFormed reads a page strictly and gives its text.
func wellFormed(t *testing.T, page string) string {
	t.Helper()
	d, words := xml.NewDecoder(strings.NewReader(page)), &strings.Builder{}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return words.String()
		}
		if err != nil {
			t.Fatalf("the page is not well formed: %v", err)
		}
		switch token := token.(type) {
		case xml.CharData:
			words.Write(token)
		case xml.StartElement:
			attributes, ok := allowed[token.Name.Local]
			if !ok {
				t.Errorf("a <%s> on the page", token.Name.Local)
			}
			for _, a := range token.Attr {
				if !slices.Contains(attributes, a.Name.Local) {
					t.Errorf("<%s %s=%q> on the page", token.Name.Local, a.Name.Local, a.Value)
				}
			}
		}
	}
}

func TestReportHTMLAllowsItsOwnStyleAlone(t *testing.T) {
	t.Parallel()
	page := html(t, small(), called{}, "")
	style := regexp.MustCompile(`(?s)<style>(.*)</style>`).FindStringSubmatch(page)[1]
	hash := sha256.Sum256([]byte(style))
	policy := fmt.Sprintf("default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'", base64.StdEncoding.EncodeToString(hash[:]))
	var found string
	d := xml.NewDecoder(strings.NewReader(page))
	for found == "" {
		token, err := d.Token()
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := token.(xml.StartElement); ok && len(e.Attr) == 2 && e.Attr[0].Value == "Content-Security-Policy" {
			found = e.Attr[1].Value
		}
	}
	if diff := cmp.Diff(policy, found); diff != "" {
		t.Errorf("policy (-want +got):\n%s", diff)
	}
	for _, word := range []string{"http:", "https:", "url(", "@import", "javascript:"} {
		if strings.Contains(page, word) {
			t.Errorf("the page has %q", word)
		}
	}
}

func TestReportHTMLOfLittle(t *testing.T) {
	t.Parallel()
	oneMonth := small()
	oneMonth.Months = oneMonth.Months[:1]
	silent := small()
	silent.Nudges, silent.Playbooks, silent.Hours = replay.Nudges{}, nil, [7][24]int{}
	unanswered := small()
	for i := range unanswered.Months {
		unanswered.Months[i].MedianMinutes = 0
	}
	for name, r := range map[string]*replay.Result{"nothing": {}, "one month": oneMonth, "silent": silent, "no answers": unanswered} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var b bytes.Buffer
			if err := r.WriteHTML(&b, called{}, nil, ""); err != nil {
				t.Fatal(err)
			}
			if words := wellFormed(t, b.String()); strings.Contains(words, "NaN") || strings.Contains(words, "Inf") {
				t.Errorf("a number that is none: %s", words)
			}
		})
	}
}

func TestReportHTMLListsSixtySamplesAtMost(t *testing.T) {
	t.Parallel()
	r := small()
	for len(r.Playbooks[0].Sample) < 500 {
		r.Playbooks[0].Sample = append(r.Playbooks[0].Sample, r.Playbooks[0].Sample[3])
	}
	page := html(t, r, called{}, "")
	if n := strings.Count(page, `class="room"`); n != 61 { // and the one post
		t.Errorf("%d samples, want 60 and the post", n)
	}
	if !strings.Contains(page, "60 of these 500, evenly taken") {
		t.Error("the page does not say that it shows a part")
	}
}
