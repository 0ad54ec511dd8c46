package playbooks

var french = lexicon{
	avoid: []group{
		{fault: "leaves no choice", instead: `offer it: what it is good for, or « veux-tu … ? », « voulez-vous … ? »`, words: []wording{
			{say: "il faut", unless: []string{"comme il faut"}},
			{say: "faut il"},
			{say: "faudra*"}, {say: "dois"}, {say: "devez"}, {say: "devrais"}, {say: "devriez"}, {say: "devras"},
			{say: "devrez"}, {say: "on doit"}, {say: "tenu de"}, {say: "tenue de"}, {say: "veuille*"},
			{say: "prière de"}, {say: "merci d avance"}, {say: "merci de bien vouloir"}, {say: "obligatoire*"},
			{say: "obligé*"},
			{say: "obligation*", unless: []string{"sans obligation", "aucune obligation"}},
			{say: "impérati*"}, {say: "exigé*"}, {say: "requis*"}, {say: "n oublie pas"}, {say: "n oubliez pas"},
			{say: "pense à"}, {say: "pensez à"}, {say: "veille à"}, {say: "veillez à"}, {say: "assure toi"},
			{say: "assurez vous"},
		}},
		{fault: "hurries", instead: `say why now, and that nothing is lost by leaving it`, words: []wording{
			{say: "urgent*", unless: []string{"rien d urgent", "pas urgent*"}},
			{say: "urgence*", unless: []string{"sans urgence", "aucune urgence", "pas d urgence"}},
			{say: "dépêch*"}, {say: "asap"}, {say: "au plus vite"}, {say: "dès que possible"}, {say: "dès maintenant"},
			{say: "sans tarder"}, {say: "sans attendre"}, {say: "sans délai"}, {say: "immédiatement"},
			{say: "date limite", unless: []string{"sans date limite"}},
			{say: "échéance*"}, {say: "dernier délai"}, {say: "dernière chance"}, {say: "dernier jour"},
			{say: "trop tard", unless: []string{"jamais trop tard", "pas trop tard"}},
			{say: "il ne reste que"}, {say: "il ne reste plus que"},
		}},
		{fault: "follows up on silence", instead: `leave it out: who says nothing is not asked again`, words: []wording{
			{say: "rappel"}, {say: "rappels"}, {say: "relance*"},
		}},
		{fault: "holds up the others", instead: `say why this person, without the others`, words: []wording{
			{say: "tout le monde sauf"}, {say: "tout le monde a"}, {say: "tous les autres"}, {say: "toutes les autres"},
			{say: "les autres ont"}, {say: "sauf toi"}, {say: "sauf vous"}, {say: "il ne manque que"},
			{say: "il ne manque plus que"},
		}},
		{fault: "lays guilt", instead: `say what is possible now, not what has not been done`, words: []wording{
			{say: "déçu*"}, {say: "décev*"}, {say: "déception*"}, {say: "dommage"}, {say: "honte*"}, {say: "coupab*"},
			{say: "culpab*"}, {say: "ta faute"}, {say: "votre faute"}, {say: "compte sur toi"}, {say: "compte sur vous"},
			{say: "comptons sur toi"}, {say: "comptons sur vous"}, {say: "comptent sur toi"}, {say: "comptent sur vous"},
			{say: "t attend*"}, {say: "vous attend"}, {say: "vous attendent"}, {say: "toujours pas"},
			{say: "tu n as pas", unless: []string{"tu n as pas à"}},
			{say: "vous n avez pas", unless: []string{"vous n avez pas à"}},
			{say: "oublié*"}, {say: "négligé*"}, {say: "en retard"}, {say: "avais promis"}, {say: "aviez promis"},
		}},
		{fault: "makes it a competition", instead: `say what the act made possible, and for whom`, words: []wording{
			{say: "points", unless: []string{"points de vue", "deux points", "points communs"}},
			{say: "score*"}, {say: "rang"}, {say: "rangs"}, {say: "classé*"}, {say: "classement*"}, {say: "palmarès"},
			{say: "podium*"},
			{say: "série", unless: []string{"une série de", "une série d"}},
			{say: "séries"}, {say: "record*"}, {say: "badge*"}, {say: "médaille*"}, {say: "trophée*"},
			{say: "récompense*"}, {say: "champion*"}, {say: "gagnant*"}, {say: "vainqueur*"}, {say: "lauréat*"},
			{say: "compétiti*"},
			{say: "concours", unless: []string{"concours de circonstances"}},
			{say: "meilleur*", unless: []string{"meilleurs vœux"}},
			{say: "mieux que", unless: []string{"mieux que rien"}},
			{say: "plus que les autres"}, {say: "plus actif*"}, {say: "plus active*"}, {say: "numéro un"},
			{say: "première place"}, {say: "au dessus de la moyenne"}, {say: "au dessous de la moyenne"},
			{say: "en dessous de la moyenne"}, {say: "top"},
			{say: "d affilée"}, {say: "au total"}, {say: "totaux"}, {say: "combien de fois"}, {say: "énième"},
			{say: "qui a le plus"}, {say: "qui ont le plus"}, {say: "celui qui aide le plus"}, {say: "celle qui aide le plus"},
			{say: "tu as le plus"}, {say: "vous avez le plus"}, {say: "au dessus des autres"}, {say: "centile*"},
		}},
	},
	counted: counted{
		numbers: []string{
			"deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "quinze", "vingt",
			"cinquante", "cent", "centaine", "dizaine", "douzaine",
		},
		things: []string{
			"fois", "personnes", "gens", "collègues", "membres", "partages", "exemples", "erreurs", "leçons", "réponses",
			"mercis", "remerciements", "réactions", "votes", "étoiles",
		},
	},
	shouts: []string{"et", "ici", "non", "oui", "pas", "qui", "son", "sur", "tu", "un", "une"},
}

// borrowed are English words for which French has its own.
var borrowed = []wording{
	{say: "and", instead: "« et »"},
	{say: "ask", instead: "« demande »"},
	{say: "best practice*", instead: "« bonne pratique »"},
	{say: "brainstorm*", instead: "« remue-méninges »"},
	{say: "call", instead: "« appel »"},
	{say: "challenge*", instead: "« défi »"},
	{say: "channel*", instead: "« canal »"},
	{say: "deadline*", instead: "« date »"},
	{say: "digest*", instead: "« bilan »"},
	{say: "email*", instead: "« courriel »"},
	{say: "feedback*", instead: "« retour »"},
	{say: "helper*", instead: "« personne qui aide »"},
	{say: "leader*", instead: "« personne qui ouvre la voie »"},
	{say: "link*", instead: "« lien »"},
	{say: "meeting*", instead: "« réunion »"},
	{say: "nudge*", instead: "« message »"},
	{say: "onboarding", instead: "« accueil »"},
	{say: "opt out", instead: "« s'en exclure »"},
	{say: "playbook*", instead: "« scénario »"},
	{say: "please", instead: "« s'il te plaît », or nothing"},
	{say: "post", instead: "« message »"},
	{say: "posts", instead: "« messages »"},
	{say: "poster", instead: "« écrire »"},
	{say: "reminder*", instead: "nothing: silence is not followed up"},
	{say: "room*", instead: "« canal »"},
	{say: "share", instead: "« partage »"},
	{say: "sharing", instead: "« partage »"},
	{say: "slot*", instead: "« créneau »"},
	{say: "team*", instead: "« équipe »"},
	{say: "thanks", instead: "« merci »"},
	{say: "the", instead: "French"},
	{say: "thread*", instead: "« fil »"},
	{say: "update*", instead: "« nouvelle »"},
	{say: "weekly", instead: "« chaque semaine »"},
	{say: "with", instead: "« avec »"},
	{say: "workflow*", instead: "« déroulement »"},
	{say: "you", instead: "« tu » or « vous »"},
	{say: "your", instead: "« ton » or « votre »"},
}

// Forms that say tu to the reader, and forms that say vous. A t with its apostrophe and words in -ez are told apart
// by saysTu and saysVous.
var (
	tuForms = []wording{
		{say: "tu"}, {say: "te"}, {say: "toi"}, {say: "ta"}, {say: "tes"},
		{say: "ton", unless: []string{"le ton", "un ton", "du ton", "de ton", "ce ton"}},
		{say: "le tien"}, {say: "la tienne"}, {say: "les tiens"}, {say: "les tiennes"},
	}
	vousForms = []wording{
		{say: "vous", unless: []string{"rendez vous"}}, {say: "votre"}, {say: "vos"}, {say: "vôtre"}, {say: "vôtres"},
	}
	notVous = []string{"chez", "assez", "nez", "rez", "rendez"} // words in -ez that are no forms of vous
)

// Where French would say of the reader whether they are a man or a woman.
var (
	// being stands before what the reader is.
	being = []string{
		"tu es", "es tu", "t es", "tu étais", "étais tu", "tu seras", "seras tu", "tu serais", "serais tu", "tu sois",
		"vous êtes", "êtes vous", "vous étiez", "étiez vous", "vous serez", "serez vous", "vous seriez", "seriez vous",
		"vous soyez", "sois", "soyez", "as été", "avez été", "te sens", "sens tu", "vous sentez", "sentez vous",
		"tu restes", "vous restez", "tu deviens", "vous devenez", "te rend", "vous rend", "te voilà", "vous voilà",
	}
	// between may stand between the two.
	between = []string{
		"assez", "aussi", "bien", "bientôt", "donc", "déjà", "encore", "jamais", "le", "la", "moins", "parfois", "pas",
		"peut", "être", "plus", "plutôt", "presque", "si", "souvent", "t", "toujours", "toute", "tout", "très", "trop",
		"un", "une", "vraiment",
	}
	// gendered are adjectives and nouns that differ for a man and a woman; participles in -é are told by their ending.
	gendered = []string{
		"absent", "absente", "acteur", "actrice", "attentif", "attentive", "bienvenu", "bienvenue", "certain",
		"certaine", "compris", "comprise", "concepteur", "content", "contente", "curieuse", "curieux", "devenu",
		"devenue", "expert", "experte", "fier", "fière", "formateur", "formatrice", "franc", "franche", "heureuse",
		"heureux", "inscrit", "inscrite", "nombreuses", "nombreux", "nouveau", "nouvel",
		"nouvelle", "ouvert", "ouverte", "parti", "partie", "premier", "première", "présent", "présente", "pris",
		"prise", "prêt", "prête", "prêtes", "prêts", "prévenu", "prévenue", "retenu", "retenue", "revenu", "revenue",
		"satisfait", "satisfaite", "serein", "sereine", "seul", "seule", "seules", "seuls", "surpris",
		"surprise", "sûr", "sûre", "sûrs", "venu", "venue", "volontaires", "contents", "contentes", "bienvenus",
	}
	// meeting stands before what was done to the reader, of which the participle tells them apart.
	meeting = []string{"t ai", "t a", "t ont", "t avons", "vous ai", "vous a", "vous ont", "vous avons"}
	met     = []string{
		"aidé", "aidée", "aidés", "ajouté", "ajoutée", "ajoutés", "averti", "avertie", "avertis", "choisi", "choisie",
		"choisis", "cité", "citée", "cités", "contacté", "contactée", "contactés", "désigné", "désignée", "désignés",
		"inscrit", "inscrite", "inscrits", "invité", "invitée", "invités", "mentionné", "mentionnée", "mentionnés",
		"nommé", "nommée", "nommés", "prévenu", "prévenue", "prévenus", "remercié", "remerciée", "remerciés", "retenu",
		"retenue", "retenus", "sollicité", "sollicitée", "sollicités", "sélectionné", "sélectionnée", "sélectionnés",
		"vu", "vue", "vus",
	}
	// opening are those that, at the beginning of a sentence, speak of the reader without a verb.
	opening = []string{
		"content", "contente", "curieuse", "curieux", "intéressé", "intéressée", "motivé", "motivée", "prêt", "prête",
		"prêts", "prêtes", "tenté", "tentée",
	}
	// alone are gendered wherever they stand.
	alone = []wording{
		{say: "toi seul"}, {say: "toi seule"}, {say: "vous seul"}, {say: "vous seule"}, {say: "vous seuls"},
		{say: "cher collègue"}, {say: "chère collègue"}, {say: "chers collègues"},
	}
)
