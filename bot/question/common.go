package question

// isCommon says whether a word, lower-cased and without accents, says nothing of what a question is about: what holds
// sentences together, what makes a question of them, and what every question in a chat has.
func isCommon(w []byte) bool { return isEnglish(w) || isFrench(w) || isChat(w) }

func isEnglish(w []byte) bool {
	switch string(w) {
	case "a", "about", "above", "actually", "after", "again", "all", "almost", "already", "also", "although", "always", "am", "an",
		"and", "another", "any", "anybody", "anyone", "anything", "anyway", "anywhere", "apparently", "are", "aren", "around", "as",
		"at", "away", "back", "basically", "be", "because", "been", "before", "being", "below", "best", "better", "between", "bit",
		"both", "but", "by", "came", "can", "cannot", "cant", "come", "comes", "coming", "correct", "could", "couldn", "couldnt",
		"currently", "definitely", "did", "didn", "didnt", "different", "do", "does", "doesn", "doesnt", "doing", "don", "done",
		"dont", "down", "during", "each", "easy", "either", "else", "enough", "especially", "etc", "even", "exist", "existing", "exists", "find", "finding", "finds", "found", "ever", "every",
		"everybody", "everyone", "everything", "example", "exactly", "except", "far", "few", "fine", "first", "for", "from",
		"full", "gave", "general", "get", "gets", "getting", "give", "given", "gives", "giving", "going", "gone", "gonna", "good",
		"got", "had", "happen", "happened", "happening", "happens", "hard", "has", "hasn", "have", "haven", "having", "he", "her",
		"here", "him", "his", "how", "however", "if", "in", "indeed", "instead", "into", "is", "isn", "isnt", "it", "its",
		"itself", "just", "keep", "kind", "last", "least", "less", "let", "lets", "like", "likely", "little", "ll", "long",
		"look", "looked", "looking", "looks", "lot", "lots", "made", "main", "make", "makes", "making", "many", "may", "maybe",
		"me", "mean", "means", "meant", "might", "mine", "more", "most", "much", "must", "my", "myself", "nearly", "need",
		"needed", "needs", "neither", "never", "new", "next", "nice", "no", "non", "none", "nor", "not", "nothing", "now",
		"obvious", "obviously", "of", "off", "often", "old", "on", "once", "one", "ones", "only", "onto", "or", "other",
		"others", "otherwise", "our", "out", "over", "own", "particular", "perhaps", "possible", "possibly", "pretty",
		"probably", "put", "quite", "rather", "re", "real", "really", "recently", "right", "run", "said", "search", "searched", "searching", "same", "say",
		"saying", "says", "see", "seem", "seemed", "seems", "seen", "several", "shall", "she", "should", "shouldn", "shows",
		"simple", "simply", "since", "so", "some", "somebody", "somehow", "someone", "something", "sometimes", "somewhere",
		"soon", "sort", "specific", "still", "stuff", "such", "sure", "take", "takes", "taking", "tell", "than", "that",
		"thats", "the", "their", "them", "then", "there", "these", "they", "thing", "things", "this", "those", "though",
		"through", "time", "to", "today", "together", "too", "took", "toward", "two", "under", "until", "unless", "up", "upon",
		"us", "use", "used", "useful", "uses", "using", "usually", "ve", "various", "very", "via", "want", "wanted", "wants",
		"was", "wasn", "way", "ways", "we", "well", "went", "were", "weren", "what", "whatever", "whats", "when", "whenever",
		"where", "whether", "which", "while", "who", "whole", "whose", "why", "will", "with", "within", "without", "won",
		"would", "wouldn", "wrong", "yet", "you", "your", "yours", "yourself":
		return true
	}
	return false
}

func isFrench(w []byte) bool {
	switch string(w) {
	case "ai", "aie", "alors", "apres", "as", "assez", "au", "aucun", "aucune", "aussi", "autre", "autres", "aux", "avaient",
		"avais", "avait", "avant", "avec", "avez", "aviez", "avoir", "avons", "beaucoup", "bien", "bon", "bonne", "ca", "car",
		"ce", "cela", "celle", "celles", "celui", "cependant", "certain", "certaine", "certaines", "certains", "ces", "cet",
		"cette", "ceux", "chaque", "chez", "ci", "combien", "comme", "comment", "contre", "dans", "de", "deja", "depuis", "des",
		"dessous", "dessus", "deux", "devrait", "dire", "dis", "dit", "dois", "doit", "donc", "dont", "du", "elle", "elles",
		"en", "encore", "enfin", "ensuite", "entre", "est", "et", "etaient", "etais", "etait", "ete", "etes", "etre", "eu",
		"eux", "faire", "fais", "faisait", "fait", "faites", "faut", "faudrait", "fois", "font", "gens", "genre", "hors",
		"ici", "il", "ils", "jamais", "je", "jusqu", "jusque", "juste", "la", "le", "lequel", "laquelle", "les", "lesquels",
		"leur", "leurs", "lors", "lorsque", "lui", "ma", "mais", "malgre", "marche", "marchent", "meme", "memes", "mes",
		"mettre", "mieux", "mis", "moi", "moins", "mon", "ne", "ni", "nos", "notre", "nous", "ont", "ou", "oui", "par",
		"parce", "parfois", "pas", "pendant", "pense", "personne", "peu", "peut", "peuvent", "peux", "plus", "plusieurs",
		"plutot", "pour", "pourquoi", "pourrait", "pourrais", "pourtant", "pourriez", "pouvez", "pouvoir", "pres", "presque",
		"puis", "puisque", "qu", "quand", "que", "quel", "quelle", "quelles", "quelqu", "quelque", "quelques", "quels", "qui",
		"quoi", "rien", "sa", "sais", "sait", "sans", "savez", "savoir", "se", "selon", "sera", "serait", "ses", "seul",
		"seule", "seulement", "si", "sinon", "soit", "son", "sont", "souvent", "suis", "suite", "sur", "surtout", "ta",
		"tandis", "tant", "te", "tel", "telle", "tes", "toi", "ton", "toujours", "tous", "tout", "toute", "toutes", "tres",
		"trop", "trouve", "trouver", "tu", "un", "une", "utilise", "utiliser", "va", "vais", "vas", "vers", "veut", "veux",
		"vient", "voila", "voir", "voit", "vont", "vos", "votre", "voudrais", "vous", "voulez", "vrai", "vraiment", "vu", "an",
		"comprends", "essaie", "essaye", "essayer", "cherche", "cherchons", "arrive", "arrivons", "parviens":
		return true
	}
	return false
}

// isChat knows what people say around a question in a chat.
func isChat(w []byte) bool {
	switch string(w) {
	case "aide", "aider", "anybody", "appreciate", "appreciated", "ask", "asked", "asking", "besoin", "bonjour", "bonsoir",
		"cheers", "clue", "confused", "coucou", "curious", "demande", "erm", "euh", "bar", "baz", "figure",
		"folks", "follow", "following", "follows", "foo", "greetings", "guess", "image", "jpg", "png", "screenshot", "stupid",
		"guys", "hello", "help", "helpful", "hey", "hi", "hmm", "hope", "idea", "idee", "im", "issue", "ive", "know", "known",
		"knows", "lol", "merci", "morning", "ok", "okay", "oh", "plait", "please", "pls", "plz", "problem", "problems", "probleme",
		"problemes", "qqn", "quelquun", "question", "questions", "salut", "sorry", "souci", "stp", "stuck", "struggling",
		"suggestion", "suggestions", "suppose", "supposed", "svp", "thank", "thanks", "think", "thinking", "thought", "tried",
		"tries", "trouble", "try", "trying", "understand", "unable", "um", "wonder", "wondering", "work", "worked", "working",
		"works", "yeah", "yes", "issues":
		return true
	}
	return false
}
