package question

import "testing"

func TestAnswers(t *testing.T) {
	answers := []string{
		"Use the rotate command.", "It is in the shared folder", "yes", "No, that was removed in 2.0.", "Yes!", "me", "moi",
		"https://example.org/docs", "see <https://example.org/docs>", "```\nrotate --now\n```", "`rotate --now`", "42", "Tuesday",
		"Have you tried to restart the worker?", "Maybe the cache?", "I think it is in the docs?", "The rotate command, right?",
		"Did you see https://example.org/faq?", "Same here. A restart helped.", "Thanks for asking, it moved to the wiki.",
		"Restart it. Does that help?", "You can vacuum it by hand",
		"Il faut relancer le serveur.", "oui", "Non, pas encore", "Peut-être le cache ?", "Tu as essayé de relancer ?",
		"Je crois que c'est dans la doc ?", "Vous pouvez utiliser la commande rotate", "C'est dans le dossier partagé",
	}
	for _, text := range answers {
		if !Answers(text) {
			t.Errorf("Answers(%q) = false", text)
		}
	}
	others := []string{
		"", " ", "(deleted)", "[deleted]", "This message was deleted.", "👍", "👍🏽 🎉", ":eyes:", "+1", "+1!", "+1 for this question", "👀 following",
		"same here", "Same here!", "Same problem here 😢", "following", "me too", "Me too, following.", "I have the same question", "up", "bump",
		"^ bump", "thanks", "Thank you so much!", "Interesting question", "Hi!", "lol", "no idea", "I don't know", "Not sure either", "> How do I rotate it?",
		"moi aussi", "Moi aussi !", "idem", "pareil chez moi", "merci", "Merci beaucoup", "aucune idée", "Je ne sais pas", "même problème, idem",
		"Which version do you use?", "Hello! What does the log say?", "which version do you use", "Same here. Did you find out?", "What do you mean by `rotate`?",
		"Tu utilises quelle version ?", "C'est quoi le message d'erreur ?", "est-ce que tu as les logs",
	}
	for _, text := range others {
		if Answers(text) {
			t.Errorf("Answers(%q) = true", text)
		}
	}
}

func TestCloses(t *testing.T) {
	closing := []string{
		"Thanks!", "thank you so much, Hal", "That works", "it works now, thanks", "Solved.", "nvm", "Never mind, found it", "got it", "Figured it out", "that did the trick",
		"it's working", "✅", ":white_check_mark:", "Fixed by the restart 🎉", "Perfect",
		"merci", "Merci, ça marche !", "Merci beaucoup", "C'est bon", "c’est bon pour moi", "résolu", "RÉSOLU", "Parfait", "ça fonctionne", "laisse tomber", "laissez tomber, trouvé",
	}
	for _, text := range closing {
		if !Closes(text) {
			t.Errorf("Closes(%q) = false", text)
		}
	}
	open := []string{
		"", "👍", "That doesn't work", "It does not work", "thanks, but it still fails", "Thanks in advance", "I'm working on it", "does it work?", "thanks, and how do I undo it?",
		"still open", "not solved", "thanks for any help", "I worked on it all day",
		"ça ne marche pas", "Merci d'avance", "merci mais ça plante", "ça marche ?", "toujours pas résolu", "la marche à suivre",
		"Thanks everybody who joined us yesterday at the meeting about the new deployment process, here are the notes that we took and the three next steps that came out of it.",
	}
	for _, text := range open {
		if Closes(text) {
			t.Errorf("Closes(%q) = true", text)
		}
	}
}
