package adaptertest

import (
	"net/http"
	"net/http/httptest"

	"github.com/gofirst/gofirst/bot/chat"
)

func doorChecks() []check {
	return []check{
		{"Doors: who is not the service is refused", nil, doorsRefuse},
		{"Doors: who is the service is heard", nil, doorsOpen},
	}
}

// doors gives the adapter's doors and the one who can knock at them.
func (t *trial) doors() (map[string]http.Handler, Forger, *listener) {
	t.Helper()
	a, s := t.open()
	d := ability[chat.Doors](t, a)
	f, ok := s.(Forger)
	if !ok {
		t.Fatal("the adapter has doors, but the harness's Service is no Forger")
	}
	l := t.listen(a, nil, nil)
	t.ready(s)
	return d.Doors(), f, l
}

func (t *trial) knock(doors map[string]http.Handler, k Knock) int {
	t.Helper()
	door, ok := doors[k.Door]
	if !ok {
		t.Fatalf("there is no door %q", k.Door)
	}
	answer := httptest.NewRecorder()
	t.within("a door", func() { door.ServeHTTP(answer, k.Request) })
	return answer.Code
}

// doorsRefuse knocks with every forgery, and then once in earnest: by then the others would have been heard.
func doorsRefuse(t *trial) {
	doors, f, l := t.doors()
	forged := f.Forged()
	if len(forged) == 0 {
		t.Fatal("the harness forges nothing")
	}
	for what, k := range forged {
		if code := t.knock(doors, k); code < 400 || code > 499 {
			t.Errorf("a request with %s gets the status %d, want 4xx", what, code)
		}
	}
	t.knock(doors, f.Genuine())
	if heard := l.othersHeard(1); len(heard) != 1 {
		t.Errorf("%d events were heard, want the genuine one alone", len(heard))
	}
}

func doorsOpen(t *trial) {
	doors, f, l := t.doors()
	for range 2 {
		if code := t.knock(doors, f.Genuine()); code > 299 {
			t.Errorf("a genuine request gets the status %d", code)
		}
	}
	if heard := l.othersHeard(2); heard[0].Head().ID == heard[1].Head().ID {
		t.Errorf("two requests are the same event %s", heard[0].Head().ID)
	}
}
