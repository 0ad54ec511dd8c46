package export

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gofirst/gofirst/bot/chat"
)

// corpus gives the path of a real export; without GOFIRST_CORPORA the test is skipped.
func corpus(t testing.TB, name string) string {
	t.Helper()
	folder := os.Getenv("GOFIRST_CORPORA")
	if folder == "" {
		t.Skip("set GOFIRST_CORPORA to the absolute path of the corpora to read real exports")
	}
	path := filepath.Join(folder, name)
	if _, err := os.Stat(path); err != nil {
		t.Fatalf("GOFIRST_CORPORA is set: %v", err)
	}
	return path
}

// TestCorpora reads real exports whole and compares what was counted with what jq counts in them.
func TestCorpora(t *testing.T) {
	for _, c := range []struct {
		name    string
		rows    int
		skipped map[string]int
	}{
		{"slack-export-lean-help-2020-2022.zip", 114952, map[string]int{}},
		{"slack-export-houstondatavis.zip", 1382, map[string]int{
			"reactions_without_time": 199, "edited_text_taken_as_posted": 37,
		}},
		{"slack-export-clojurians-2018-02.zip", 8860, map[string]int{"orphan_replies": 19, "no_author": 9}},
		{"slack-export-owasp-crs.zip", 16833, map[string]int{"orphan_replies": 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			a, err := Open(corpus(t, c.name))
			if err != nil {
				t.Fatal(err)
			}
			defer a.Close()
			last := int64(0)
			err = a.Run(context.Background(), nil, func(_ context.Context, e chat.Event) error {
				if at := e.Head().Time.UnixMicro(); at < last {
					t.Errorf("%s steps back in time", e.Head().ID)
				} else {
					last = at
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			got := a.Counts()
			want := Counts{Rows: c.rows, Events: c.rows, Skipped: c.skipped}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("counts (-want +got):\n%s", diff)
			}
			if done, total := a.Progress(); done != total {
				t.Errorf("progress ends at %d of %d", done, total)
			}
		})
	}
}
