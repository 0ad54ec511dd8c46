package bot

// runs says who runs the bot.
func (t *turn) runs(g tongue) string {
	if t.options.Runs != "" {
		return t.options.Runs
	}
	return t.texts.word(g, "runs.unknown")
}

// privacy says what is kept, for how long, what its keeper could do with it, and how to leave.
func (t *turn) privacy(c *call) error {
	p := t.page(c.g)
	for _, part := range []string{"who", "kept", "given", "never", "could", "leave"} {
		p.say("privacy."+part, holes{"runs": text(t.runs(c.g))})
	}
	t.blindLines(p)
	t.answer(c.reply, p.body)
	return nil
}
