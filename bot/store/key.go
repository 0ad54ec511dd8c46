package store

import (
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
)

// Key is the secret without which the people in a database have no names. It lives in a file of its own,
// never in the database or a backup of it. It does not print itself, whatever it is printed with.
type Key struct {
	root [keySize]byte
	// Each use has a key of its own, so that what one use shows says nothing about another.
	lookup, seal, delivery, button, mark, term, thread [keySize]byte
}

const (
	keySize   = 32
	keyPrefix = "gofirst-key-1:"
)

// NewKey makes a key from 32 bytes of randomness.
func NewKey(rand io.Reader) (Key, error) {
	var root [keySize]byte
	if _, err := io.ReadFull(rand, root[:]); err != nil {
		return Key{}, fmt.Errorf("new key: %w", err)
	}
	return deriveKey(root)
}

// ReadKey reads a key that WriteKey wrote.
func ReadKey(path string) (Key, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return Key{}, fmt.Errorf("read key: %w", err)
	}
	digits, known := strings.CutPrefix(strings.TrimSpace(string(text)), keyPrefix)
	raw, err := hex.DecodeString(digits)
	if !known || err != nil || len(raw) != keySize {
		return Key{}, fmt.Errorf("read key: %s is not a gofirst key file", path)
	}
	return deriveKey([keySize]byte(raw))
}

// WriteKey writes the key to a new file that only its owner can read. It refuses to overwrite, because a
// lost key cannot be had again.
func WriteKey(path string, k Key) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("write key: %w", err)
	}
	_, err = f.WriteString(keyPrefix + hex.EncodeToString(k.root[:]) + "\n")
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return fmt.Errorf("write key: %w", err)
	}
	return nil
}

func deriveKey(root [keySize]byte) (Key, error) {
	k := Key{root: root}
	for label, to := range map[string]*[keySize]byte{
		"lookup": &k.lookup, "seal": &k.seal, "delivery": &k.delivery, "button": &k.button, "mark": &k.mark,
		"term": &k.term, "thread": &k.thread,
	} {
		sub, err := hkdf.Expand(sha256.New, root[:], "gofirst "+label, keySize)
		if err != nil {
			return Key{}, fmt.Errorf("derive key: %w", err)
		}
		copy(to[:], sub)
	}
	return k, nil
}

const hiddenKey = "store.Key(hidden)"

// String hides the key.
func (k Key) String() string { return hiddenKey }

// Format hides the key from every verb.
func (k Key) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, hiddenKey) }

// LogValue hides the key from logs.
func (k Key) LogValue() slog.Value { return slog.StringValue(hiddenKey) }

// MarshalText hides the key from encoders.
func (k Key) MarshalText() ([]byte, error) { return []byte(hiddenKey), nil }

// fingerprint tells keys apart without telling anything about them.
func (k Key) fingerprint() string { return hex.EncodeToString(k.mark[:16]) }
