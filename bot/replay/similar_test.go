package replay_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gofirst/gofirst/bot/replay"
)

// TestOffersAsTold: a solved thread is offered as often as a transcript says so, and no more. A line of a transcript
// tells some of the words; that there are no others about such threads is held here.
func TestOffersAsTold(t *testing.T) {
	t.Parallel()
	dir := os.DirFS(filepath.Join("..", "..", "playbooks"))
	all, _, err := replay.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	told, silent := 0, 0
	for _, one := range all {
		if !strings.Contains(one.File, "-similar") {
			continue
		}
		var scene replay.Stage
		o := options(t)
		o.Stage = func(now func() time.Time) replay.Stage {
			scene = newStage(now)
			return scene
		}
		played(t, one, o)
		said := 0
		for _, s := range scene.Said() {
			said += offers(s.Text)
		}
		want := offers(sceneAt(t, filepath.Join("..", "..", "playbooks", one.File), one.Line))
		if said != want {
			t.Errorf("%s, %s: offered %d times, not %d", one.File, one.Title, said, want)
		}
		told += want
		if want == 0 {
			silent++
		}
	}
	if told < 5 || silent < 5 {
		t.Errorf("%d offers, and %d scenes without: the test looks in the wrong place", told, silent)
	}
}

// offers counts the lines that offer solved threads.
func offers(text string) (n int) {
	for _, words := range []string{"looks alike:", "look alike:", "y ressemble", "y ressemblent"} {
		n += strings.Count(text, words)
	}
	return n - strings.Count(text, "y ressemblent") // which holds the shorter one
}

// sceneAt gives the lines of the scene that begins at a line.
func sceneAt(t *testing.T, file string, line int) string {
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(text), "\n")[line-1:]
	scene := lines[0]
	for _, l := range lines[1:] {
		if strings.HasPrefix(l, "scene ") {
			break
		}
		scene += l
	}
	return scene
}
