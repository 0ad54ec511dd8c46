package replay

import (
	"strings"

	"github.com/gofirst/gofirst/playbooks"
)

// demoText is a line in the languages of the demo. {parts} stand for the names of those who play them.
type demoText struct{ en, fr string }

// in gives the line in a language, set as print would.
func (t demoText) in(language string) string {
	if language == "fr" {
		return playbooks.Typeset("fr", t.fr)
	}
	return playbooks.Typeset("en", t.en)
}

// demoWords are the lines of the story: what its people say, and what the narrator does. What the bot says is not
// among them; it comes from the engine.
var demoWords = map[string]demoText{
	"head": {
		"Nine invented people, {weeks} in a minute. Each · is the bot keeping quiet.",
		"Neuf personnes inventées, {weeks} en une minute. Chaque « · » : le bot se tait.",
	},
	"weeks.1": {"one week", "une semaine"},
	"weeks.2": {"two weeks", "deux semaines"},
	"weeks.n": {"{n} weeks", "{n} semaines"},

	"coffee": {
		"The coffee machine is down. This is no drill.",
		"La machine à café est en panne. Pour de vrai.",
	},
	"share.0": { // what could still go wrong?
		"I drew the migration plan twice and trust neither. Be kind to the arrows. [plan.png]",
		"J'ai dessiné le plan de migration deux fois et ne crois à aucun des deux. Pitié pour les flèches. [plan.png]",
	},
	"share.1": { // what were you told lately?
		"Somebody told me that my migration plan has no way back. It hurt; here it is with one. [plan.png]",
		"On m'a dit que mon plan de migration n'avait pas de retour possible. Ça pique. Le revoici, avec. [plan.png]",
	},
	"share.2": { // which mistake?
		"I migrated on a Friday, at five, from memory. Here is the plan, drawn on Saturday. [plan.png]",
		"J'ai migré un vendredi, à dix-sept heures, de mémoire. Voici le plan, dessiné le samedi. [plan.png]",
	},
	"arrow": {
		"Arrow four ends at a server we killed in May.",
		"La flèche 4 mène à un serveur éteint en mai.",
	},
	"monday": {"Monday again, really?", "Encore lundi, vraiment ?"},
	"key": {
		"How do I rotate the signing key?",
		"Comment fait-on tourner la clé de signature ?",
	},
	"rotate": {
		"Run rotate twice. The first is for courage.",
		"Lance rotate deux fois, dont une par courage.",
	},
	"thanks": {
		"thanks {@helper} and the release crew for saving my afternoon",
		"merci {@helper} et l'équipe de livraison pour mon après-midi sauvé",
	},
	"adopt": {
		"adopt {link} my way, with the on-call handbook. Page 3 is wrong, I just don't know how.",
		"adopte {link} à ma façon, avec le guide d'astreinte. La page 3 est fausse, je ne sais juste pas en quoi.",
	},
	"page3": {
		"Page 3 is mine. Now I know how, too.",
		"La page 3 est de moi. Maintenant, je sais.",
	},
	"hiring": {
		"adopt {link} mine: the hiring page. Three of its sentences I could not say aloud to a person.",
		"adopte {link} chez moi : la page de recrutement. Trois de ses phrases, je n'oserais les dire à personne en face.",
	},
	"fonts": {
		"Who keeps the licence of the fonts?",
		"Qui garde la licence des polices ?",
	},
	"drawer": {
		"I do. It is in the drawer with the fax.",
		"Moi. Elle est dans le tiroir du fax.",
	},
	"staging": {
		"Is staging slow, or am I in a hurry?",
		"La préprod est lente, ou je suis pressé ?",
	},
	"both": {
		"Both. I restarted one; for the other, a walk.",
		"Les deux. Je relance l'une ; toi, va marcher.",
	},
	"merged": {
		"Page 3 got five reviews. My mortgage had two.",
		"La page 3 a cinq relectures. Mon prêt, deux.",
	},

	"quiet.asleep": {
		"stays quiet: nobody has written in {room} this week yet",
		"se tait : personne n'a encore écrit dans {room} cette semaine",
	},
	"quiet.chat": {
		"stays quiet: a question, but nobody needs rescuing",
		"se tait : une question, mais personne à secourir",
	},
	"quiet.thanks": {
		"stays quiet in public: {helper} has not said yet who may see thanks",
		"se tait en public : {helper} n'a pas encore dit qui peut voir les mercis",
	},
	"quiet.away": {
		"stays quiet: {away} is on leave, and will find no reminder afterwards",
		"se tait : {away} est en congé, et ne trouvera pas de rappel au retour",
	},
	"quiet.rest": {
		"stays quiet: {leader} went first last week; ten days of rest",
		"se tait : {leader} a ouvert la voie la semaine dernière ; dix jours de répit",
	},
	"quiet.faster": {
		"stays quiet: {who} was faster",
		"se tait : {who} a été plus rapide",
	},
	"quiet.empty": {
		"stays quiet: too little happened for a digest, so there is none",
		"se tait : trop peu pour un bilan, donc pas de bilan",
	},
	"quiet.budget": {
		"stays quiet: one message a day to a person is enough",
		"se tait : un message par jour et par personne suffit",
	},
	"quiet.paused": {
		"stays quiet: you asked for that",
		"se tait : c'est toi qui l'as demandé",
	},
	"quiet.waits": {
		"stays quiet: an answer may come by itself. After :skip 1d it looks again.",
		"se tait : une réponse viendra peut-être d'elle-même. Après :skip 1d, il regarde encore.",
	},
	"quiet.asks": {
		"turns to {who} in private; the room sees nothing of it",
		"s'adresse à {who} en privé ; dans le canal, rien ne se voit",
	},
	"stops": {
		"time stops {when}, for you to answer; :skip 1d goes on",
		"le temps s'arrête {when}, pour te laisser répondre ; :skip 1d continue",
	},
	"arrives": {"it is now {when}", "nous sommes {when}"},

	"gap": {
		"… and {n} messages that needed no bot",
		"… et {n} messages qui se passaient de bot",
	},
	"gap.silent": {
		"… and {n} messages that needed no bot. It has said nothing all week.",
		"… et {n} messages qui se passaient de bot. De la semaine, il n'a rien dit.",
	},
	"count": {
		"{Weeks}: {people} human messages, {bot} from the bot, {quiet} times it held its tongue.",
		"{Weeks} : {people} messages humains, {bot} du bot, {quiet} fois où il s'est tu.",
	},
	"chain": {
		"{chain}: one example became {n}. A coincidence? {Weeks} cannot tell. That is what the coin is for.",
		"{chain} : d'un exemple en sont nés {n}. Un hasard ? {Weeks}, c'est trop court pour le dire. C'est à cela que sert la pièce.",
	},
	"three": {"three", "trois"},
	"you": {
		"You are {visitor}; it is {when}. Try:",
		"Tu es {visitor} ; nous sommes {when}. Essaie :",
	},
	"try": {
		"  ask something, then :skip 1d  ·  /gofirst share  ·  /gofirst whyme",
		"  une question, puis :skip 1d  ·  /gofirst partage  ·  /gofirst pourquoi",
	},

	"reply.any": {
		"Short answer: yes. Long answer: come by at three, I draw it on the whiteboard.",
		"Réponse courte : oui. Réponse longue : passe à trois heures, je te la dessine au tableau.",
	},
	"reply.card": {
		"I am stealing this. With attribution.",
		"Je te vole ça. En citant mes sources.",
	},
	"later.leader.0": {
		"The plan is one plan now. It has a hole where I was sure. [plan-3.png]",
		"Il n'y a plus qu'un plan. Avec un trou là où j'étais sûr de moi. [plan-3.png]",
	},
	"later.leader.1": {
		"A first budget, in pencil. The sum is right, the parts are not. [budget.png]",
		"Un premier budget, au crayon. La somme est juste, les morceaux non. [budget.png]",
	},
	"later.away.0": {
		"I deployed on the day before my leave. You noticed; I noticed in Portugal. [timeline.png]",
		"J'ai déployé la veille de mes congés. Vous l'avez vu ; moi, au Portugal. [chrono.png]",
	},
	"later.away.1": {
		"A reply to a customer that I wrote in anger and did not send. It helped both of us. [draft.txt]",
		"Une réponse à un client, écrite en colère et jamais envoyée. Elle nous a aidés tous les deux. [brouillon.txt]",
	},
	"later.adopt.0": {
		"adopt {link} mine: the release notes, before anybody polished them.",
		"adopte {link} chez moi : les notes de version, avant que quelqu'un les polisse.",
	},
	"later.adopt.1": {
		"adopt {link} my way: the test that I skip each time, and why.",
		"adopte {link} à ma façon : le test que je saute à chaque fois, et pourquoi.",
	},
	"later.adopt.2": {
		"adopt {link} with the onboarding list. Half of it greets people who have left.",
		"adopte {link} avec la liste d'accueil. La moitié salue des gens déjà partis.",
	},
}

// say gives a line of the story with its holes filled: pairs of "{hole}", value; names of parts fill themselves.
func (d *Demo) say(id string, fill ...string) string {
	for part, user := range d.users {
		fill = append(fill, "{"+part+"}", d.called(user), "{@"+part+"}", "@"+string(user))
	}
	fill = append(fill, "{room}", "#"+d.roomName("platform"))
	return strings.NewReplacer(fill...).Replace(demoWords[id].in(d.o.Language))
}
