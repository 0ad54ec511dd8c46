package question

// remark looks at the letters of the word that was just added, for what only small talk and greetings say.
func (s *sentence) remark(w []byte) {
	switch string(w) {
	case "lunch", "coffee", "tea", "beer", "beers", "pizza", "cake", "snack", "weekend", "cafe", "dejeuner", "biere", "apero", "gateau", "mange":
		s.idle++
	case "a", "an":
		s.exclaims = s.exclaims || s.words == 2 && s.has(cWhat, opens)
	}
	s.greetsAll(w)
}

// greetsAll lets "tout le monde" be a part of a greeting.
func (s *sentence) greetsAll(w []byte) {
	want := [...]string{"tout", "le", "monde"}
	if string(w) != want[s.everybody] {
		s.everybody = 0
		return
	}
	if s.everybody++; s.everybody == len(want) {
		s.everybody, s.apart = 0, s.apart-len(want)
	}
}
