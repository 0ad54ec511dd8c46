package store

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/gofirst/gofirst/bot/chat"
)

// Lookup finds a person again without keeping who they are: 16 bytes of HMAC-SHA256 over the connection
// and the user.
func (k Key) Lookup(conn string, user chat.UserID) []byte {
	return keyed(k.lookup, conn, string(user))[:16]
}

// Seal encrypts a user id with AES-256-GCM, so that only the holder of the key can address the person.
func (k Key) Seal(user chat.UserID, rand io.Reader) ([]byte, error) {
	box, err := k.box()
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, box.NonceSize(), box.NonceSize()+len(user)+box.Overhead())
	if _, err := io.ReadFull(rand, nonce); err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	return box.Seal(nonce, nonce, []byte(user), nil), nil
}

// Open decrypts what Seal made.
func (k Key) Open(sealed []byte) (chat.UserID, error) {
	box, err := k.box()
	if err != nil {
		return "", err
	}
	if len(sealed) < box.NonceSize() {
		return "", errors.New("open seal: too short")
	}
	user, err := box.Open(nil, sealed[:box.NonceSize()], sealed[box.NonceSize():], nil)
	if err != nil {
		return "", fmt.Errorf("open seal: %w", err)
	}
	return chat.UserID(user), nil
}

func (k Key) box() (cipher.AEAD, error) {
	block, err := aes.NewCipher(k.seal[:])
	if err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	return cipher.NewGCM(block)
}

const (
	deliveryKeySize = 25
	buttonMACBytes  = 8
	smallLetters    = "abcdefghijklmnopqrstuvwxyz234567"
)

// DeliveryKey names one message for good: the same parts give the same 25 characters of [a-z2-7], and
// nobody without the key can guess them.
func (k Key) DeliveryKey(parts ...string) string {
	return base32Text(keyed(k.delivery, parts...))[:deliveryKeySize]
}

// ButtonMAC shows that a button was made by this bot: 13 characters of [a-z2-7], 64 bits.
func (k Key) ButtonMAC(key, choice string) string {
	return base32Text(keyed(k.button, key, choice)[:buttonMACBytes])
}

// CheckButton reports, in constant time, whether the mac is the one that ButtonMAC gives.
func (k Key) CheckButton(key, choice, mac string) bool {
	return subtle.ConstantTimeCompare([]byte(k.ButtonMAC(key, choice)), []byte(mac)) == 1
}

func base32Text(b []byte) string {
	return base32.NewEncoding(smallLetters).WithPadding(base32.NoPadding).EncodeToString(b)
}

// keyed is HMAC-SHA256 over the parts, each with its length before it: "ab","c" is not "a","bc".
func keyed(key [keySize]byte, parts ...string) []byte {
	mac := hmac.New(sha256.New, key[:])
	var size [8]byte
	for _, p := range parts {
		binary.BigEndian.PutUint64(size[:], uint64(len(p)))
		mac.Write(size[:])
		mac.Write([]byte(p))
	}
	return mac.Sum(nil)
}
