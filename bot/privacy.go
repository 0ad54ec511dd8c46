package bot

import "slices"

// runs says who runs the bot.
func (t *turn) runs(g tongue) string {
	if t.options.Runs != "" {
		return t.options.Runs
	}
	return t.texts.word(g, "runs.unknown")
}

// privacy says what is kept, for how long, what its keeper could do with it, and how to leave. With "all" it lists
// everything that is kept.
func (t *turn) privacy(c *call) error {
	p := t.page(c.g)
	if slices.ContainsFunc(c.words, isAll) {
		p.say("privacy.all", nil)
		p.keptLines()
	} else {
		for _, part := range []string{"who", "kept", "given", "never", "could", "leave"} {
			fill := terms()
			fill["runs"] = text(t.runs(c.g))
			p.say("privacy."+part, fill)
		}
		t.blindLines(p)
	}
	t.answer(c.reply, p.body)
	return nil
}

func isAll(word string) bool { return slices.Contains([]string{"all", "tout"}, normal(word)) }
