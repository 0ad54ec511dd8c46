package question

// classOf gives the class of a word, lower-cased and without accents. French words that English spells
// alike stand where they do less harm.
func classOf(w []byte) cue {
	switch string(w) {
	case "what", "whats", "wat":
		return cWhat
	case "which":
		return cWhich
	case "who", "whos", "whom", "whose":
		return cWho
	case "where", "wheres", "whereabouts":
		return cWhere
	case "when":
		return cWhen
	case "why":
		return cWhy
	case "how", "hows":
		return cHow
	case "do", "does", "did", "don", "doesn", "didn", "dont", "doesnt", "didnt":
		return cDo
	case "is", "are", "am", "isn", "aren", "isnt", "arent":
		return cBe
	case "was", "were", "wasn", "weren", "etait", "etais":
		return cWas
	case "can", "could", "would", "should", "will", "shall", "may", "might", "couldn", "wouldn", "shouldn", "won", "cant":
		return cModal
	case "have", "has", "had", "haven", "hasn", "hadn":
		return cHave
	case "s", "re", "ll", "ve", "m":
		return cShort
	case "not", "never":
		return cNot
	case "i", "me", "my", "im", "ive":
		return cI
	case "you", "u", "ya", "your", "yours", "yourself":
		return cYou
	case "we", "they", "he", "she", "us", "our":
		return cWe
	case "it", "this", "that", "there", "these", "those", "its":
		return cIt
	case "the", "a", "an", "his", "her", "their", "some":
		return cDet
	case "any", "anyone", "anybody", "anything", "someone", "somebody", "anywhere":
		return cAny
	case "kind", "kinds", "sort", "type", "many", "much", "long", "often", "far", "big", "about", "come", "else", "old":
		return cSuch
	case "to":
		return cTo
	case "know", "knows", "seen", "tried", "familiar", "aware", "remember", "heard", "ever", "cares":
		return cKnow
	case "mean", "meant", "saying":
		return cMean
	case "think", "thought", "guess", "believe", "suppose", "hope", "feel", "assume", "bet", "thinking":
		return cThink
	case "tell", "explain", "say", "said", "show", "dis", "dites", "dire", "expliquer", "explique":
		return cSay
	case "want", "need", "trying", "try", "like":
		return cWant
	case "help", "assist", "assistance", "aide", "aider":
		return cHelp
	case "stuck", "struggling", "bloque", "bloquee", "bloques", "coince", "coincee", "galere":
		return cStuck
	case "looking", "seeking", "searching":
		return cLook
	case "for":
		return cFor
	case "figure":
		return cFigure
	case "error", "errors", "exception", "problem", "problems", "issue", "issues", "trouble", "fails", "failing", "failed",
		"unable", "cannot", "crash", "crashes", "broken", "erreur", "erreurs", "probleme", "souci", "plante", "bug":
		return cTrouble
	case "idea", "ideas", "clue", "suggestions", "suggestion", "pointers", "pointer", "thoughts", "tips", "advice", "hint",
		"hints", "recommendations", "chance", "idee", "idees", "conseil", "conseils", "piste", "pistes", "avis":
		return cIdea
	case "wonder", "wondering", "wondered", "curious", "confused", "demande", "demandais":
		return cWonder
	case "if", "whether", "si":
		return cWhether
	case "or", "ou":
		return cOr
	case "because", "cause", "since", "although", "parce", "car", "puisque":
		return cBecause
	case "right":
		return cRight
	case "correct", "huh", "eh", "hein", "nan":
		return cTag
	case "really", "seriously", "vraiment", "kidding", "joking", "rigoles":
		return cReally
	case "please", "pls", "plz", "svp", "stp", "plait":
		return cPlease
	case "question", "questions", "ask", "asking":
		return cAsk
	case "hi", "hello", "hey", "bonjour", "salut", "bonsoir", "coucou", "morning", "evening", "afternoon", "guys", "folks",
		"docteur", "madame", "monsieur", "hiya", "yo", "good":
		return cGreet
	case "all", "everyone", "everybody", "tous", "toutes":
		return cAll
	case "so", "and", "but", "well", "oh", "now", "then", "also", "ah", "just", "actually", "et",
		"donc", "alors", "mais", "bon", "ben", "bah", "puis", "enfin", "bref", "coup", "voila", "du", "quick":
		return cFill
	case "um", "uh", "euh", "hm", "hmm", "er", "erm", "heu":
		return cUm
	case "yeah", "yes", "yep", "yup", "ok", "okay", "uhhuh", "mm", "mmhmm", "sure", "no", "nope", "oui", "non", "ouais",
		"exactly", "great", "cool", "wow", "alright", "accord", "dac":
		return cAck
	case "thanks", "thank", "thx", "ty", "merci", "cheers", "appreciate", "appreciated", "sorry", "grateful":
		return cThanks
	case "doing", "going", "up", "new", "va", "vas", "vont", "allez", "neuf", "bien", "today":
		return cGoing
	case "reminder", "rappel", "announcing", "announcement", "annonce", "released", "register", "join", "webinar", "meetup",
		"inscrivez", "inscription", "rejoignez", "fyi":
		return cNews
	case "poll", "vote", "votes", "voting", "sondage", "votez", "voter", "doodle", "react", "reagissez":
		return cPoll
	case "quoi", "koi":
		return cQuoi
	case "quel", "quelle", "quels", "quelles", "lequel", "laquelle", "lesquels", "lesquelles", "kel":
		return cQuel
	case "quand":
		return cQuand
	case "combien":
		return cCombien
	case "pourquoi", "pq", "pk", "pkoi", "pourkoi":
		return cPourquoi
	case "comment":
		return cComment
	case "qui":
		return cQui
	case "que", "qu":
		return cQue
	case "quelqu", "quelquun", "qqn", "qqun", "qq", "kelkun":
		return cQuelqun
	case "sait", "sais", "savez", "savent", "peut", "peux", "pouvez", "pourriez", "pourrait", "pourrais", "connait", "connais",
		"connaissez", "saurait", "saurais", "sauriez", "veux", "voulez", "veut", "dois", "doit", "faut":
		return cPeut
	case "avez", "as", "ont", "aurait", "auriez", "aurais", "avait", "aviez", "avais":
		return cAvez
	case "est", "es", "etes", "sont", "etiez", "sera", "serait", "esce":
		return cEst
	case "ce", "c", "ca", "cela", "cette", "cet", "ces":
		return cCe
	case "vous", "votre", "vos":
		return cVous
	case "tu", "t", "ton", "ta", "tes", "toi", "te":
		return cTu
	case "je", "j", "mon", "ma", "mes", "moi":
		return cJe
	case "il", "elle", "ils", "elles", "on", "nous", "y":
		return cIl
	case "depuis", "de", "pour", "par", "dans", "avec", "vers", "jusqu", "chez", "en", "d":
		return cDe
	case "faire", "fait", "faites", "fais":
		return cFaire
	case "besoin", "voudrais", "aimerais", "souhaite", "essaie", "essaye":
		return cSeek
	case "cherche", "cherchons", "cherchais", "recherche":
		return cCherche
	case "arrive", "arrivons", "parviens", "reussis":
		return cArrive
	case "pas", "jamais", "rien", "n", "ne":
		return cPas
	}
	return other
}
