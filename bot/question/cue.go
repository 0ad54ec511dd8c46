package question

// A cue is something in a text that speaks for or against a question: a class of words, or two classes
// in a row. Each is weighed by where it stands.
type cue uint8

// Classes of words, English and French together where they do the same work.
const (
	other cue = iota
	cWhat
	cWhich
	cWho
	cWhere
	cWhen
	cWhy
	cHow
	cDo
	cBe
	cWas
	cModal
	cHave
	cShort // the 's, 're, 'll of "what's"
	cNot
	cI
	cYou
	cWe // we, they, he, she
	cIt // it, this, that, there
	cDet
	cAny
	cSuch // kind, sort, many, much, long, about, come
	cTo
	cKnow
	cMean
	cThink
	cSay
	cWant
	cHelp
	cStuck
	cLook
	cFor
	cFigure
	cTrouble
	cIdea
	cWonder
	cWhether
	cOr
	cBecause
	cTag // right, correct, huh, hein
	cReally
	cPlease
	cAsk // the word "question" itself
	cGreet
	cAll // all, everybody
	cFill
	cUm
	cRight
	cAck
	cThanks
	cGoing // what greetings ask about: how is it going, ça va, quoi de neuf
	cNews  // reminder, announcing, released, join
	cPoll
	cQuoi
	cQuel
	cOu // où
	cQuand
	cCombien
	cPourquoi
	cComment
	cQui
	cQue
	cQuelqun
	cPeut // savoir, pouvoir, connaître, in the second and third person
	cAvez // avoir, in the second and third person
	cEst
	cCe
	cVous
	cTu
	cJe
	cIl
	cDe // depuis, à, de, pour
	cFaire
	cSeek // chercher, avoir besoin, demander
	cCherche
	cArrive
	cPas
	classes

	// Two classes in a row.
	pInvert  = iota - 1 // do you, is there, can I
	pWhAux              // what is, how do
	pRelAux             // which is, who has
	pWhTo               // how to
	pMeasure            // how many, what kind, what about
	pAnyKnow            // anyone know
	pAnyIdea            // any idea
	pWonder             // wondering if
	pYouMean
	pYouKnow
	pIThink
	pIMean
	pNotKnow     // don't know
	pNotTag      // (is)n't it
	pTell        // tell me
	pAux         // do not, have been: two auxiliaries
	pOrAux       // or did
	pWhInvert    // how long does it: an inversion after an opening word
	pWhichInvert // which branch do you
	pSoDo        // so you, so it: a conclusion offered
	pHelpMe
	pEstCe  // est-ce
	pQuEst  // qu'est
	pCest   // c'est
	pEstWh  // (c')est quoi
	pTie    // avez-vous, a-t-il
	pPeutTu // peux tu, without a hyphen
	pQlqSait
	pPrepWh // depuis quand, à quel
	pTuAs   // tu as, vous avez
	pIlYA
	pJeSeek
	pCommentFaire
	pSeekHelp // need help, looking for, can't figure out, n'arrive pas
	pRhetoric // who knows, why not, pourquoi pas
	cues
)
