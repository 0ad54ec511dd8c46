package playbooks

import "slices"

// digestHoles are what each line of a digest may leave to be filled. Given words, and who may be named for them, stand
// nowhere else.
var digestHoles = map[string][]string{
	"head": {"room"}, "fortnight": {"room"}, "example": {"author", "did", "link"}, "why": {"words"}, "adopted": {"author", "did", "link"}, "open": {"links"},
	"thanks": {"receivers", "words"}, "changed": {"words", "link"}, "number": {"median"},
}

// inDigestsAlone are the holes that only a digest fills.
var inDigestsAlone = []string{"words", "receivers", "median", "did"}

// messageHoles are what a message to a person, or under something, may leave to be filled.
func messageHoles() []string {
	return slices.DeleteFunc(slices.Clone(Holes), func(h string) bool { return slices.Contains(inDigestsAlone, h) })
}

// checkHoles refuses what nothing would fill here.
func (v value) checkHoles(t *Text, allowed []string) {
	for _, language := range []string{"en", "fr", "fr-vous"} {
		for _, words := range t.ByLanguage[language] {
			v.checkHolesOf(words, allowed)
		}
	}
}

func (v value) checkHolesOf(words string, allowed []string) {
	pieces, err := Pieces(words)
	if err != nil {
		return // said already
	}
	for _, p := range pieces {
		if p.Hole != "" && !slices.Contains(allowed, p.Hole) {
			v.fail("nothing fills {%s} here", p.Hole)
			return
		}
	}
}
