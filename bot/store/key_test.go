package store_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"pgregory.net/rapid"
)

func TestKeyFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "key")
	k := testKey(t, 1)
	ok(t, store.WriteKey(path, k))
	read := must[store.Key](t)(store.ReadKey(path))
	equal(t, "key", read == k, true)
	equal(t, "mode", must[os.FileInfo](t)(os.Stat(path)).Mode().Perm(), 0o600)
	if store.WriteKey(path, testKey(t, 2)) == nil {
		t.Error("a key was overwritten")
	}
	equal(t, "key after refusal", must[store.Key](t)(store.ReadKey(path)) == k, true)
}

func TestKeyFileRefused(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "gofirst-key-1:", "gofirst-key-1:00", strings.Repeat("ab", 32), "gofirst-key-1:" + strings.Repeat("zz", 32)} {
		path := filepath.Join(t.TempDir(), "key")
		ok(t, os.WriteFile(path, []byte(text), 0o600))
		if _, err := store.ReadKey(path); err == nil {
			t.Errorf("%q was taken for a key", text)
		}
	}
	if _, err := store.ReadKey(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a key that is not there was read")
	}
	if _, err := store.NewKey(bytes.NewReader(make([]byte, 31))); err == nil {
		t.Error("a key was made of 31 bytes")
	}
}

// Whatever it is printed with, a key shows the same nothing as any other.
func TestKeyHidden(t *testing.T) {
	t.Parallel()
	shows := func(k store.Key) string {
		var log bytes.Buffer
		slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{
			ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
				if a.Key == slog.TimeKey {
					return slog.Attr{}
				}
				return a
			},
		})).Info("opened", "key", k, "in", struct{ Key store.Key }{k})
		encoded := must[[]byte](t)(json.Marshal(map[string]any{"key": k, "pointer": &k}))
		return fmt.Sprintf("%v %+v %#v %x %q %d %s", k, k, k, k, k, k, &k) + k.String() + string(encoded) + log.String()
	}
	equal(t, "shown", shows(testKey(t, 1)), shows(testKey(t, 2)))
}

func TestKeyUses(t *testing.T) {
	t.Parallel()
	k, other := testKey(t, 1), testKey(t, 2)
	equal(t, "lookup size", len(k.Lookup("work", "U1")), 16)
	for _, differs := range [][]byte{k.Lookup("work", "U2"), k.Lookup("home", "U1"), k.Lookup("workU", "1"), other.Lookup("work", "U1")} {
		equal(t, "lookups equal", bytes.Equal(k.Lookup("work", "U1"), differs), false)
	}
	if d := k.DeliveryKey("a", "b"); !regexp.MustCompile(`^[a-z2-7]{25}$`).MatchString(d) {
		t.Errorf("delivery key %q", d)
	}
	mac := k.ButtonMAC("key", "yes")
	if !regexp.MustCompile(`^[a-z2-7]{13}$`).MatchString(mac) {
		t.Errorf("button mac %q", mac)
	}
	equal(t, "own button", k.CheckButton("key", "yes", mac), true)
	for _, wrong := range []string{"", mac[1:], mac + "a", other.ButtonMAC("key", "yes"), k.ButtonMAC("key", "no"), k.ButtonMAC("ke", "yyes")} {
		equal(t, "button "+wrong, k.CheckButton("key", "yes", wrong), false)
	}
}

func TestSealOpens(t *testing.T) {
	t.Parallel()
	k := testKey(t, 1)
	rapid.Check(t, func(r *rapid.T) {
		user := chat.UserID(rapid.String().Draw(r, "user"))
		sealed, err := k.Seal(user, random(3))
		if err != nil {
			r.Fatal(err)
		}
		back, err := k.Open(sealed)
		if err != nil || back != user {
			r.Fatalf("sealed %q, opened %q, %v", user, back, err)
		}
		sealed[rapid.IntRange(0, len(sealed)-1).Draw(r, "at")] ^= 1
		if _, err := k.Open(sealed); err == nil {
			r.Fatal("a changed seal opened")
		}
	})
	if _, err := k.Open([]byte("short")); err == nil {
		t.Error("a short seal opened")
	}
}

// Different parts never give the same key, however they are cut.
func TestDeliveryKeyParts(t *testing.T) {
	t.Parallel()
	k := testKey(t, 1)
	parts := rapid.SliceOfN(rapid.StringMatching(`[ab]{0,3}`), 0, 4)
	rapid.Check(t, func(r *rapid.T) {
		a, b := parts.Draw(r, "a"), parts.Draw(r, "b")
		if (k.DeliveryKey(a...) == k.DeliveryKey(b...)) != (fmt.Sprintf("%q", a) == fmt.Sprintf("%q", b)) {
			r.Fatalf("%q and %q", a, b)
		}
	})
}
