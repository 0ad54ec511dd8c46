package replay

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// deed is what a line with a time says. It is played by the player.
type deed interface{ play(*player) error }

// step reads a line with a time.
func (p *parser) step(l *line) {
	before := len(p.problems)
	at, ok := p.when(l)
	if !ok {
		return
	}
	do := p.deed(l)
	if do == nil && len(p.problems) == before {
		l.fail(l.at, "what happens? For instance: ana → #help  Hello · ana presses yes · bot → @ana  … · silence")
	}
	if len(p.problems) > before {
		return
	}
	text := strings.Join(strings.Fields(l.text), " ")
	p.now.steps = append(p.now.steps, step{line: l.number, text: text, at: at, do: do})
}

func (p *parser) deed(l *line) deed {
	who, from := l.word()
	command := strings.HasSuffix(who, ":")
	who = strings.TrimSuffix(who, ":")
	switch {
	case who == "silence":
		if l.rest() != "" {
			l.fail(l.at, "silence stands alone")
		}
		return silence{}
	case who == "bot" && l.peek() == "joins":
		l.word()
		return p.moves(l, "")
	case who == "bot":
		return p.expects(l)
	case !p.known(l, who, from):
		return nil
	case command:
		return p.command(l, who, "")
	}
	verb, from := l.word()
	if strings.HasPrefix(verb, "[") && strings.HasSuffix(verb, "]") {
		return presses{who, strings.Trim(verb, "[]")}
	}
	read := verbs[verb]
	if read == nil {
		l.fail(from, "%s does what? There are →, ↳, %s", who, strings.Join(verbNames(), ", "))
		return nil
	}
	return read(p, l, who)
}

// verbs are what a person can do.
var verbs = map[string]func(p *parser, l *line, who string) deed{
	"→": (*parser).says, "->": (*parser).says,
	"↳": (*parser).replies, "under": (*parser).replies,
	"in":      (*parser).commandIn,
	"presses": func(p *parser, l *line, who string) deed { return presses{who, p.one(l, "a button")} },
	"reacts":  func(p *parser, l *line, who string) deed { return p.reacts(l, who, "to", true) },
	"takes":   (*parser).takesBack,
	"edits":   func(_ *parser, l *line, who string) deed { return edits{who, l.words("the new text")} },
	"deletes": func(_ *parser, _ *line, who string) deed { return deletes{who} },
	"joins":   (*parser).moves,
	"leaves":  (*parser).leaves,
	"submits": (*parser).submits,
	"chooses": (*parser).chooses,
}

func verbNames() []string {
	var names []string
	for verb := range verbs {
		if verb[0] < utf8.RuneSelf && verb != "->" && verb != "under" {
			names = append(names, verb)
		}
	}
	slices.Sort(names)
	return names
}

// known checks that a name is one of the people.
func (p *parser) known(l *line, who string, from int) bool {
	if p.now.cast.person(who) {
		return true
	}
	l.fail(from, "%q is none of the people", who)
	return false
}

// one takes the single word that a line ends with.
func (p *parser) one(l *line, what string) string {
	word, from := l.word()
	if word == "" || l.rest() != "" {
		l.fail(from, "here stands %s, and nothing after it", what)
	}
	return strings.Trim(word, "[]")
}

// words takes the rest of a line, which is not empty.
func (l *line) words(what string) string {
	if l.rest() == "" {
		l.fail(len(l.text), "%s is missing", what)
	}
	return l.rest()
}

// expect takes a word that stands there for the reader's sake.
func (l *line) expect(want string) {
	if word, from := l.word(); word != want {
		l.fail(from, "here stands %q", want)
	}
}

// target takes the name of somebody who wrote, or bot.
func (p *parser) target(l *line) string {
	who, from := l.word()
	if who = strings.TrimPrefix(who, "@"); who != "bot" {
		p.known(l, who, from)
	}
	return who
}

// where takes the name of a room.
func (p *parser) where(l *line) string {
	word, from := l.word()
	in := strings.TrimPrefix(word, "#")
	if !p.now.cast.room(in) {
		l.fail(from, "%q is none of the rooms", word)
	}
	return in
}

func (p *parser) says(l *line, who string) deed {
	if to := l.peek(); to == "bot" || to == "@bot" {
		l.word()
		return says{who: who, text: l.words("what is said")}
	}
	in, files := p.where(l), p.files(l)
	if files > 0 && l.rest() == "" {
		return says{who: who, in: in, files: files}
	}
	return says{who: who, in: in, text: l.words("what is said"), files: files}
}

func (p *parser) files(l *line) int {
	n := 0
	for l.peek() == "+file" {
		l.word()
		n++
	}
	return n
}

func (p *parser) replies(l *line, who string) deed {
	return replies{who: who, to: p.target(l), files: p.files(l), text: l.words("what is said")}
}

// commandIn reads "#help: /gofirst …".
func (p *parser) commandIn(l *line, who string) deed {
	word, from := l.word()
	in := strings.TrimSuffix(strings.TrimPrefix(word, "#"), ":")
	if !p.now.cast.room(in) {
		l.fail(from, "%q is none of the rooms", strings.TrimSuffix(word, ":"))
	}
	return p.command(l, who, in)
}

func (p *parser) command(l *line, who, in string) deed {
	l.expect("/gofirst")
	return commands{who, in, l.rest()}
}

// emojis may stand for their names.
var emojis = map[string]string{
	"👀": "eyes", "✅": "white_check_mark", "⭐": "star", "🙏": "pray", "🙋": "raising_hand",
}

func (p *parser) reacts(l *line, who, before string, present bool) deed {
	emoji, _ := l.word()
	if named := emojis[emoji]; named != "" {
		emoji = named
	}
	l.expect(before)
	return reacts{who, strings.Trim(emoji, ":"), p.target(l), present}
}

func (p *parser) takesBack(l *line, who string) deed {
	l.expect("back")
	return p.reacts(l, who, "from", false)
}

func (p *parser) moves(l *line, who string) deed  { return moves{who, p.where(l), true} }
func (p *parser) leaves(l *line, who string) deed { return moves{who, p.where(l), false} }

func (p *parser) chooses(l *line, who string) deed {
	action, _ := l.word()
	l.expect("on")
	return chooses{who, action, p.target(l)}
}

var fieldStart = regexp.MustCompile(`(?:^|\s)([a-z]+)=`)

// submits reads "what=A sketch why=It helps".
func (p *parser) submits(l *line, who string) deed {
	text := l.rest()
	values := map[string]string{}
	found := fieldStart.FindAllStringSubmatchIndex(text, -1)
	if text != "" && (len(found) == 0 || found[0][0] != 0) {
		l.fail(l.at, "a form is filled like this: what=A sketch why=It helps")
	}
	for i, f := range found {
		end := len(text)
		if i+1 < len(found) {
			end = found[i+1][0]
		}
		values[text[f[2]:f[3]]] = strings.TrimSpace(text[f[1]:end])
	}
	return submits{who, values}
}
