package question

// The words that Answers and Closes go by, lower-cased and without accents.

// isIdle knows words that react and answer nothing.
func isIdle(w string) bool {
	switch w {
	case "same", "too", "also", "following", "follow", "up", "upvote", "bump", "ping", "interested", "interesting", "curious",
		"subscribe", "subscribed", "subscribing", "watching", "wondering", "thanks", "thank", "thx", "ty", "cheers",
		"lol", "haha", "hahaha", "hehe", "rofl", "lmao", "wow", "ooh", "oh", "ah", "hmm", "hm", "mmm", "ok", "okay", "nice",
		"cool", "great", "awesome", "hi", "hello", "hey", "deleted", "removed", "bookmarked", "eager":
		return true
	case "aussi", "idem", "pareil", "pareille", "suis", "interesse", "interessee", "curieux", "curieuse", "merci", "beaucoup",
		"mdr", "ptdr", "supprime", "bonjour", "salut", "coucou", "super", "genial", "remonte", "suivre":
		return true
	}
	return false
}

// isThin knows words that may go with a reaction.
func isThin(w string) bool {
	switch w {
	case "me", "here", "i", "m", "s", "am", "you", "so", "much", "very", "a", "lot", "the", "this", "that", "it", "is", "message",
		"question", "good", "all", "and", "to", "know", "for", "asking", "would", "like", "d", "problem", "issue", "have", "ve", "was", "been", "has",
		"moi", "je", "j", "ai", "le", "la", "de", "c", "est", "tres", "bonne", "un", "une", "probleme", "souci", "meme", "et", "pour", "ce", "ete", "chez",
		"ca", "tout", "tous", "monde":
		return true
	}
	return false
}

// proposes knows words, some only after another, that make of a question a proposal: "have you tried …?",
// "maybe …?", "I think …?", "peut-être …?".
func proposes(before, w string) bool {
	switch w {
	case "tried", "maybe", "perhaps", "instead", "probably", "possibly", "suggest", "essaye", "essayez", "essayer", "teste",
		"plutot", "probablement", "suggere", "propose":
		return true
	case "think", "guess", "believe", "suppose", "bet":
		return before == "i"
	case "crois", "pense", "dirais":
		return before == "je"
	case "etre":
		return before == "peut"
	}
	return false
}

// isIgnorance knows whole replies, a space after each word.
func isIgnorance(reply []byte) bool {
	switch string(reply) {
	case "no idea ", "no clue ", "not sure ", "dunno ", "idk ", "don t know ", "i don t know ", "dont know ", "i dont know ",
		"i m not sure ", "not sure either ", "no idea either ", "me neither ", "i don t know either ", "i have no idea ",
		"sorry no idea ", "i wonder too ", "good question ", "great question ", "not me ", "no idea sorry ":
		return true
	case "aucune idee ", "pas d idee ", "je sais pas ", "je ne sais pas ", "j en sais rien ", "sais pas ", "chais pas ", "jsp ",
		"moi non plus ", "je sais pas non plus ", "je ne sais pas non plus ", "bonne question ", "pas moi ", "aucune idee desole ",
		"desole aucune idee ":
		return true
	}
	return false
}
