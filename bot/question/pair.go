package question

// pair gives the cue that two classes in a row make, other where they make none.
var pair = [classes][classes]cue{
	cDo:    {cYou: pInvert, cI: pInvert, cWe: pInvert, cIt: pInvert, cDet: pInvert, cAny: pInvert, cAll: pInvert, cNot: pAux},
	cBe:    {cYou: pInvert, cI: pInvert, cWe: pInvert, cIt: pInvert, cDet: pInvert, cAny: pInvert, cAll: pInvert, cNot: pAux},
	cWas:   {cYou: pInvert, cI: pInvert, cWe: pInvert, cIt: pInvert, cDet: pInvert, cAny: pInvert, cAll: pInvert, cNot: pAux},
	cModal: {cYou: pInvert, cI: pInvert, cWe: pInvert, cIt: pInvert, cDet: pInvert, cAny: pInvert, cNot: pAux, cHave: pAux, cBe: pAux, cFigure: pSeekHelp},
	cHave:  {cYou: pInvert, cI: pInvert, cWe: pInvert, cIt: pInvert, cDet: pInvert, cAny: pInvert, cNot: pAux, cBe: pAux},

	cWhat:  {cDo: pWhAux, cBe: pWhAux, cWas: pWhAux, cModal: pWhAux, cHave: pWhAux, cShort: pWhAux, cTo: pWhTo, cSuch: pMeasure, cWhether: pMeasure},
	cHow:   {cDo: pWhAux, cBe: pWhAux, cWas: pWhAux, cModal: pWhAux, cHave: pWhAux, cShort: pWhAux, cTo: pWhTo, cSuch: pMeasure},
	cWhy:   {cDo: pWhAux, cBe: pWhAux, cWas: pWhAux, cModal: pWhAux, cHave: pWhAux, cShort: pWhAux, cNot: pRhetoric},
	cWhere: {cDo: pWhAux, cBe: pWhAux, cWas: pWhAux, cModal: pWhAux, cHave: pWhAux, cShort: pWhAux, cTo: pWhTo},
	cWhich: {cDo: pRelAux, cBe: pRelAux, cWas: pRelAux, cModal: pRelAux, cHave: pRelAux},
	cWho:   {cDo: pRelAux, cBe: pRelAux, cWas: pRelAux, cModal: pRelAux, cHave: pRelAux, cShort: pRelAux, cKnow: pRhetoric},
	cWhen:  {cDo: pWhAux, cBe: pRelAux, cWas: pRelAux, cModal: pRelAux, cHave: pRelAux},

	cAny:    {cKnow: pAnyKnow, cHave: pAnyKnow, cIdea: pAnyIdea, cModal: pAnyKnow},
	cWonder: {cWhether: pWonder, cWhat: pWonder, cHow: pWonder, cWhy: pWonder, cWhere: pWonder, cWhen: pWonder, cWho: pWonder, cAny: pWonder},
	cYou:    {cMean: pYouMean, cKnow: pYouKnow},
	cI:      {cThink: pIThink, cMean: pIMean},
	cNot:    {cKnow: pNotKnow, cYou: pNotTag, cI: pNotTag, cWe: pNotTag, cIt: pNotTag, cFigure: pSeekHelp},
	cSay:    {cI: pTell, cJe: pTell},
	cOr:     {cDo: pOrAux, cBe: pOrAux, cWas: pOrAux, cModal: pOrAux, cHave: pOrAux},
	cFill:   {cYou: pSoDo, cIt: pSoDo, cWe: pSoDo},
	cHelp:   {cI: pHelpMe, cWe: pHelpMe},
	cWant:   {cHelp: pSeekHelp},
	cLook:   {cFor: pSeekHelp},

	cEst:      {cCe: pEstCe, cQuoi: pEstWh, cQui: pEstWh, cQuand: pEstWh, cComment: pEstWh, cCombien: pEstWh, cQuel: pEstWh, cOu: pEstWh, cPourquoi: pEstWh},
	cQue:      {cEst: pQuEst},
	cCe:       {cEst: pCest},
	cPeut:     {cVous: pPeutTu, cTu: pPeutTu},
	cQuelqun:  {cPeut: pQlqSait, cAvez: pQlqSait, cDet: pQlqSait},
	cDe:       {cQuel: pPrepWh, cQuand: pPrepWh, cCombien: pPrepWh, cQuoi: pPrepWh, cQui: pPrepWh, cOu: pPrepWh},
	cVous:     {cAvez: pTuAs, cEst: pTuAs, cPeut: pTuAs},
	cTu:       {cAvez: pTuAs, cEst: pTuAs, cPeut: pTuAs},
	cIl:       {cAvez: pIlYA, cCherche: pJeSeek},
	cJe:       {cCherche: pJeSeek},
	cComment:  {cFaire: pCommentFaire},
	cPourquoi: {cPas: pRhetoric},
	cPas:      {cArrive: pSeekHelp},
}

// echoed holds the classes of which an echo is made ("Oh, did you?", "Is that right?").
var echoed = [cues]bool{
	cDo: true, cBe: true, cWas: true, cModal: true, cHave: true, cNot: true, cI: true, cYou: true, cWe: true, cIt: true,
	cFill: true, cUm: true, cAck: true, cReally: true, cTag: true, cRight: true, cEst: true, cCe: true,
}

// phatic holds the classes of which greetings are made ("hi all, how is it going", "salut, tu vas bien").
var phatic = [cues]bool{
	cWhat: true, cHow: true, cDo: true, cBe: true, cWas: true, cHave: true, cShort: true, cYou: true, cIt: true, cGreet: true, cAll: true,
	cFill: true, cUm: true, cAck: true, cThanks: true, cGoing: true, cQuoi: true, cComment: true, cEst: true, cCe: true,
	cVous: true, cTu: true, cDe: true,
}
