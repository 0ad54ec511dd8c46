package bot

// selfCommands are the verbs that change nothing about others: help, lists, oneself, privacy. Everybody has them.
func selfCommands() []*command {
	return []*command{
		{name: "help", aliases: []string{"aide"}, topic: "more", run: (*turn).help},
		{name: "questions", aliases: []string{"ouvertes"}, run: inSpace((*turn).listQuestions)},
		{name: "spread", aliases: []string{"essaimage"}, run: inSpace((*turn).spread)},
		{name: "whyme", aliases: []string{"pourquoi", "why"}, run: (*turn).whyMe},
		{name: "stop", aliases: []string{"arrêt", "arrête", "arrêter", "arrete", "stopper"}, run: (*turn).stop},
		{name: "pause", aliases: []string{"snooze"}, topic: "more", run: (*turn).pause},
		{name: "away", aliases: []string{"absence", "congé", "congés", "conge", "conges"}, topic: "more", run: (*turn).away},
		{name: "resume", aliases: []string{"reprise", "reprendre", "reprends", "start"}, topic: "more", run: (*turn).resume},
		{name: "me", aliases: []string{"moi"}, topic: "more", run: (*turn).me},
		{name: "privacy", aliases: []string{"vie", "vie-privée", "confidentialité"}, topic: "more", run: (*turn).privacy},
		{name: "digest", aliases: []string{"bilan"}, topic: "more", run: inSpace((*turn).digestCommand)},
	}
}
