package mattermost

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"strings"
)

// sign gives what only this connection can have written under these parts: 26 letters and digits. The purpose keeps
// a button's from being a form's.
func (a *Adapter) sign(purpose string, parts ...string) string {
	h := hmac.New(sha256.New, a.cfg.Key)
	for _, part := range append([]string{"mattermost", a.cfg.Name, purpose}, parts...) {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	return letters(h.Sum(nil))
}

func (a *Adapter) signed(mac, purpose string, parts ...string) bool {
	return hmac.Equal([]byte(mac), []byte(a.sign(purpose, parts...)))
}

// secret gives a random name that nobody can guess.
func secret() string {
	b := make([]byte, 20)
	_, _ = rand.Read(b) // it does not fail
	return letters(b)
}

func letters(b []byte) string {
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b))[:26]
}
