package question

// seeks says whether the sentence wants something from the room. The rules are hand-made: no corpus that
// may be used here labels it.
func (s *sentence) seeks(question bool) bool {
	if s.greets() || s.rhetorical() || s.chats() {
		return false
	}
	return question && s.asks() || s.needsHelp()
}

// asks says whether a question is put as one: what merely sounds like one in a doctor's mouth ("you take
// the tablets in the morning") is not worth anybody's time.
func (s *sentence) asks() bool {
	if s.ended == mark {
		return s.words > 1 || s.spans > 0
	}
	if s.words < 3 {
		return false
	}
	for _, c := range [...]cue{pEstCe, pQuEst, pEstWh, pPeutTu, pAnyKnow, pAnyIdea, pWonder, pQlqSait, pCommentFaire, pPrepWh, pWhInvert, pWhichInvert} {
		if s.has(c) {
			return true
		}
	}
	for _, c := range [...]cue{pInvert, pWhAux, pRelAux, pMeasure, pTie, pWhTo, cQuel, cOu, cCombien, cPourquoi, cComment} {
		if s.has(c, opens, begins) {
			return true
		}
	}
	return s.has(cPlease) && s.has(cPeut)
}

// needsHelp says whether the author tells that they are stuck, without asking: they and nobody else, now
// and not before.
func (s *sentence) needsHelp() bool {
	if s.has(cYou) || s.has(cVous) || s.has(cTu) || s.has(cWas) {
		return false
	}
	if s.has(pHelpMe, opens, begins) || s.has(pJeSeek) || s.has(cHelp) && (s.has(cPlease) || s.has(cSeek)) {
		return true
	}
	return s.has(pSeekHelp, opens) || (s.has(pSeekHelp) || s.has(cStuck)) && (s.has(cI) || s.has(cWe) || s.has(cJe) || s.has(cIl) || s.words <= 6)
}

// greets says whether the sentence is a greeting: "hi, how are you?", "salut, ça va ?".
func (s *sentence) greets() bool {
	if s.apart > 0 || s.spans > 0 || s.words > 12 {
		return false
	}
	if s.has(cHow) || s.words == 0 {
		return true
	}
	return s.has(cGoing) && (s.has(cWhat) || s.has(cQuoi) || s.has(cComment) || s.has(cCe) || s.has(cTu) || s.has(cVous))
}

// rhetorical says whether the sentence is a question that expects no answer: "who knows?", "really?",
// "pourquoi pas ?".
func (s *sentence) rhetorical() bool {
	return s.words <= 4 && (s.has(pRhetoric) || s.has(cReally)) || s.words <= 2 && (s.has(cTag) || s.has(cRight))
}

// chats says whether the sentence is small talk, which nobody needs to be rescued from: "is it lunch yet?".
func (s *sentence) chats() bool { return (s.exclaims || s.idle > 0) && s.words <= 6 && s.spans == 0 }

// hushes says whether the sentence makes the whole message a poll or an announcement.
func (s *sentence) hushes() bool { return s.has(cPoll, opens) || s.has(cNews, opens) }
