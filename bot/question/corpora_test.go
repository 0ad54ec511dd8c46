package question

import (
	"os"
	"testing"
)

// corpora gives the folder of the corpora, or skips the test.
func corpora(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("GOFIRST_CORPORA")
	if dir == "" {
		t.Skip("set GOFIRST_CORPORA to the absolute path of the corpora's folder to measure on them")
	}
	if _, err := os.Stat(dir); err != nil {
		t.Fatalf("GOFIRST_CORPORA is set, but: %v", err)
	}
	return dir
}
