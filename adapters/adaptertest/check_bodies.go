package adaptertest

import (
	"bytes"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

func bodyChecks() []check {
	return []check{
		{"Doors: a body that makes no sense does no harm", nil, nonsenseIsHarmless},
		{"Doors: a body without end is not read to the end", nil, endlessIsCut},
	}
}

// nonsense is what no service sends, and somebody who found its secret, or the service on a bad day, may.
func nonsense() map[string][]byte {
	all := map[string][]byte{
		"nothing": nil, "bytes": []byte("\x00\xff\xfe"), "deep lists": bytes.Repeat([]byte("["), 20_000),
		"deep objects": bytes.Repeat([]byte(`{"event":`), 5_000), "a long word": bytes.Repeat([]byte("a"), 100_000),
	}
	for _, body := range []string{
		"{", "}", "null", "[]", "{}", `""`, "0", "1e999", `{"type":1}x`, `{"type":[]}`, `{"type":"event_callback"}`,
		`{"type":"event_callback","event":null}`, `{"type":"event_callback","event":{"type":"message","channel":{},"ts":7}}`,
		`{"type":2,"data":null}`, `{"type":3,"data":{"custom_id":7},"member":null}`, `{"type":5,"data":{"components":[[{}],null]}}`,
		`{"user_id":7,"context":[]}`, `{"context":null,"trigger_id":{}}`, `{"type":"dialog_submission","submission":"x"}`,
		"payload", "payload=", "payload=%7B", "payload=null", `payload={"type":"block_actions","actions":[]}`,
		`payload={"type":"view_submission","view":{"state":{"values":null}}}`, "%zz=%", "a=b&a=c;d", "command=&text=&user_id=",
		"\ufeff{}", strings.Repeat("a=b&", 5_000),
	} {
		all[body[:min(len(body), 60)]] = []byte(body)
	}
	return all
}

// nonsenseIsHarmless knocks with signed nonsense at every door, and then once in earnest.
func nonsenseIsHarmless(t *trial) {
	doors, f, l := t.doors()
	sign := signer(t, f)
	for name := range doors {
		for what, body := range nonsense() {
			if code := t.harmless(doors, sign.Sign(name, body)); code > 499 && code != http.StatusServiceUnavailable {
				t.Errorf("the door %q answers %q with the status %d", name, what, code)
			}
		}
	}
	t.knock(doors, f.Genuine())
	if heard := l.heard(1); len(heard) != 1 {
		t.Errorf("%d events were heard, want the genuine one alone", len(heard))
	}
}

// endlessIsCut knocks with bodies of which the length is told, or is not; signed, or not.
func endlessIsCut(t *trial) {
	doors, f, _ := t.doors()
	sign := signer(t, f)
	const size, most = 8 << 20, 4 << 20
	for _, name := range slices.Sorted(maps.Keys(doors)) {
		for _, told := range []bool{true, false} {
			k := sign.Sign(name, bytes.Repeat([]byte("a"), size))
			counted := &counter{from: k.Request.Body}
			k.Request.Body = counted
			if !told {
				k.Request.ContentLength = -1
			}
			code := t.harmless(doors, k)
			if code < 400 || code > 499 {
				t.Errorf("the door %q answers a body of %d bytes with the status %d, want 4xx", name, size, code)
			}
			if counted.read > most {
				t.Errorf("the door %q has read %d bytes of a body, want at most %d", name, counted.read, most)
			}
		}
	}
}

// harmless knocks, and objects where the door panics.
func (t *trial) harmless(doors map[string]http.Handler, k Knock) (code int) {
	t.Helper()
	answer := httptest.NewRecorder()
	var cause any
	t.within("a door", func() {
		defer func() { cause = recover() }()
		doors[k.Door].ServeHTTP(answer, k.Request)
	})
	if cause != nil {
		t.Errorf("the door %q panics: %v", k.Door, cause)
	}
	return answer.Code
}

func signer(t testing.TB, f Forger) Signer {
	t.Helper()
	s, ok := f.(Signer)
	if !ok {
		t.Skip("the harness's Service is no Signer")
	}
	return s
}

// counter counts what is read of a body.
type counter struct {
	from io.ReadCloser
	read int
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	c.read += n
	return n, err
}

func (c *counter) Close() error { return c.from.Close() }
