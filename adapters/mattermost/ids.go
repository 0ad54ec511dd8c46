package mattermost

// maxID is how long an identifier may be.
const maxID = 64

// isID says whether something can be an identifier: letters and digits, which are safe in an address. Mattermost's have
// 26 of them; servers that speak its language without being it may have others.
func isID(s string) bool {
	for i := range len(s) {
		c := s[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9') {
			return false
		}
	}
	return s != "" && len(s) <= maxID
}
