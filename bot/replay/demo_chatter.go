package replay

// demoChatter is what people say while nothing happens. None of it asks, and none is long enough to be a share.
var demoChatter = []demoText{
	{"Deployed. If you notice nothing, it worked.", "C'est déployé. Si tu ne remarques rien, c'est que ça marche."},
	{"The build is green again. I touched nothing.", "La compilation est repassée au vert. Je n'ai rien touché."},
	{"Back in ten, the cat is on the keyboard.", "Je reviens dans dix minutes, le chat est sur le clavier."},
	{"Minutes of the stand-up are in the wiki.", "Le compte rendu du point est dans le wiki."},
	{"I renamed the flag. It now says what it does.", "J'ai renommé le drapeau. Il dit enfin ce qu'il fait."},
	{"The customer from Lyon is happy.", "La cliente de Lyon est contente."},
	{"Merged, with two small comments.", "Fusionné, avec deux petites remarques."},
	{"The lift is broken. So are my knees.", "L'ascenseur est en panne. Mes genoux aussi."},
	{"Soup today is orange. Nobody knows more.", "La soupe du jour est orange. On n'en sait pas plus."},
	{"Reviewed. I like the third function best.", "Relu. La troisième fonction est ma préférée."},
	{"The dashboard is up to date.", "Le tableau de bord est à jour."},
	{"I will be late by a quarter of an hour.", "J'aurai un quart d'heure de retard."},
	{"The meeting moves to two, same room.", "La réunion passe à quatorze heures, même salle."},
	{"Staging is back.", "La préprod est revenue."},
	{"The invoice went out on Monday.", "La facture est partie lundi."},
	{"Two tickets closed, one reopened. A normal day.", "Deux tickets fermés, un rouvert. Un jour normal."},
	{"The plant on floor two has been watered.", "La plante du deuxième a été arrosée."},
	{"Draft of the release notes is in the folder.", "Le brouillon des notes de version est dans le dossier."},
	{"Fixed the typo in the footer.", "La coquille du pied de page est corrigée."},
	{"The test is stable since yesterday.", "Le test est stable depuis hier."},
	{"Lunch in the park, the sun is out.", "Déjeuner au parc, il y a du soleil."},
	{"The new laptop smells like a new laptop.", "Le nouveau portable sent le nouveau portable."},
	{"Backup restored, as an exercise. It took nine minutes.", "Sauvegarde restaurée, pour l'exercice. Neuf minutes."},
	{"I moved the alert from three at night to nine in the morning.", "J'ai déplacé l'alerte de trois heures du matin à neuf heures."},
}

// demoAsked are questions that somebody answers before the bot has thought of it.
var demoAsked = []struct{ question, answer demoText }{
	{demoText{"Where do the old invoices live?", "Où sont rangées les vieilles factures ?"},
		demoText{"In the archive, folder 2019, under T for taxes.", "Aux archives, dossier 2019, à la lettre T comme taxes."}},
	{demoText{"Which branch do we release from?", "De quelle branche partent les versions ?"},
		demoText{"From main, since spring.", "De main, depuis le printemps."}},
	{demoText{"Who can restart the search server?", "Qui peut relancer le serveur de recherche ?"},
		demoText{"Done. It wanted attention.", "C'est fait. Il voulait de l'attention."}},
	{demoText{"How do I get into the test account?", "Comment entre-t-on dans le compte de test ?"},
		demoText{"The vault has it, under demo.", "C'est dans le coffre, sous démo."}},
	{demoText{"What is the limit for uploads?", "Quelle est la limite des envois ?"},
		demoText{"Twenty megabytes, and one giraffe.", "Vingt mégaoctets, et une girafe."}},
	{demoText{"Where is the template for the offer?", "Où est le modèle de devis ?"},
		demoText{"Pinned in the channel of sales.", "Épinglé dans le canal des ventes."}},
	{demoText{"How do I silence this alert?", "Comment fait-on taire cette alerte ?"},
		demoText{"In the runbook, chapter four.", "Dans le mode opératoire, chapitre quatre."}},
	{demoText{"Which port does the proxy listen on?", "Sur quel port écoute le relais ?"},
		demoText{"8443, out of spite.", "8443, par esprit de contradiction."}},
	{demoText{"Who has the key of the small room?", "Qui a la clé de la petite salle ?"},
		demoText{"It hangs at reception.", "Elle est à l'accueil."}},
	{demoText{"When does the certificate run out?", "Quand expire le certificat ?"},
		demoText{"In March. It renews itself, I have seen it.", "En mars. Il se renouvelle seul, je l'ai vu faire."}},
	{demoText{"Why does the export skip Sundays?", "Pourquoi l'export saute-t-il les dimanches ?"},
		demoText{"A bug from 2017 that became a feature.", "Un défaut de 2017, devenu une fonction."}},
	{demoText{"How do I add a language?", "Comment ajoute-t-on une langue ?"},
		demoText{"Copy the file, translate, and open a request.", "Copie le fichier, traduis, puis ouvre une demande."}},
}

// demoSketch is what people showed in the weeks before: long past when the story begins.
var demoSketch = demoText{"A first sketch of what I am at.", "Une première esquisse de ce qui m'occupe."}

// demoCast are the names in turn, by part: the first in the story of seed 1.
var demoCast = []struct {
	part  string
	names []string
}{
	{"leader", []string{"Tom", "Jonas", "Marek", "Otto"}},
	{"away", []string{"Mia", "Lena", "Aiko", "Rosa"}},
	{"asker", []string{"Ana", "Elif", "June", "Pia"}},
	{"helper", []string{"Hal", "Sven", "Luis", "Omar"}},
	{"second", []string{"Ida", "Vera", "Nell", "Suri"}},
	{"adopter", []string{"Noor", "Priya", "Ines", "Maud"}},
	{"visitor", []string{"Zoe"}},
	{"joker", []string{"Ben", "Emil", "Luca", "Axel"}},
	{"early", []string{"Kim", "Ravi", "Sam", "Jojo"}},
}
