package store_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gofirst/gofirst/bot/store"
)

func TestExport(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		turn(t, s, func(tx *store.Tx) {
			liveALife(t, tx, userID)
			ok(t, tx.OptOut(conn, userID, "bridges", 3))
			liveBesides(t, tx)
		})
		view(t, s, func(tx *store.Tx) {
			text := ""
			for _, item := range must[[]store.Item](t)(tx.Export(conn, userID)) {
				text += item.Table + ":"
				for _, f := range item.Fields {
					text += fmt.Sprintf(" %s=%s", f.Name, f.Value)
				}
				text += "\n"
			}
			same(t, "export", text, strings.TrimPrefix(`
optouts: playbook=bridges since_day=3
people: conn=work firsts=0 prefs={"address":"vous"} account=kept, encrypted
roles: space=T1 role=leader state=accepted since=2026-03-02 09:00:00 UTC
messages: place=C1 message=m1 at=2026-03-02 09:00:00 UTC flags=0
questions: place=C1 message=m1 at=2026-03-02 09:00:00 UTC state=open
questions taken: place=C1 message=m2 at=2026-03-02 09:00:00 UTC state=taken
watches: subject=question 1 due=2026-03-02 09:00:00 UTC
deliveries: playbook=bridges rule=tell step=ask text=tip language=fr place=C1 subject=question 1 refs={"a":1} state=pending created=2026-03-02 09:00:00 UTC due=2026-03-02 09:00:00 UTC not_after=2026-03-03 09:00:00 UTC
spent: at=2026-03-02 09:00:00 UTC playbook=share-first rule=invite
helping: place=C1 answers=1 last_day=3
subscriptions: place=C1 since_day=4
acts: kind=share practice=mistake place=C1 at=2026-03-02 09:00:00 UTC words=I broke the billing on a Friday why=nobody had told me that one may ask message=m1 link=https://x/m1 seen=0 declared=0
threads asked: place=C1 message=m1
threads answered: place=C1 message=m2
acts received: kind=thanks at=2026-03-02 09:00:00 UTC words=for her patience
`, "\n"))
			same(t, "nobody", must[[]store.Item](t)(tx.Export(conn, "nobody")), []store.Item{})
		})
	})
}

// liveBesides is somebody else's, of which nothing may be exported.
func liveBesides(t *testing.T, tx *store.Tx) {
	ben := someone(t, tx, "ben")
	must[int64](t)(tx.AddAct(store.Act{Author: ben, Words: "not ana's"}))
	ok(t, tx.OptOut(conn, "ben", "", 3))
}

// Two stores with the same key and the same life are the same text, whatever ids were drawn.
func TestDump(t *testing.T) {
	t.Parallel()
	text := func(seed byte) string {
		s := must[*store.Store](t)(store.OpenWith(t.Context(), ":memory:", testKey(t, 1), random(seed)))
		defer s.Close()
		turn(t, s, func(tx *store.Tx) { liveALife(t, tx, userID) })
		return dump(t, s)
	}
	same(t, "dumps", text(3), text(4))
	if d := text(3); !strings.Contains(d, `receivers="[p`) || !strings.Contains(d, "sealed=sealed") {
		t.Errorf("dump:\n%s", d)
	}
}
