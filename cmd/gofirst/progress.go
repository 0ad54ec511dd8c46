package main

import (
	"fmt"
	"io"
	"os"
	"sync"

	"github.com/mattn/go-isatty"
)

// progress shows, on a terminal and nowhere else, how far something has come.
type progress struct {
	to    io.Writer // nil: nobody looks
	mu    sync.Mutex
	shown int // per cent, plus one; or how much is done
}

func newProgress(to io.Writer) *progress {
	if !isTerminal(to) {
		return &progress{}
	}
	return &progress{to: to}
}

// show says how much of it all is done.
func (p *progress) show(done, total int64) {
	if p.to == nil || total <= 0 {
		return
	}
	percent := int(100 * done / total)
	if percent+1 != p.shown {
		p.shown = percent + 1
		fmt.Fprintf(p.to, "\r%3d %%", percent)
	}
}

// end takes it off the screen.
func (p *progress) end() {
	if p.shown > 0 {
		fmt.Fprint(p.to, "\r          \r")
		p.shown = 0
	}
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && isatty.IsTerminal(f.Fd())
}

// count says how much is done of what nobody knows the end of. It may be called concurrently.
func (p *progress) count(done int64) {
	if p.to == nil || done%100 != 0 {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.shown = int(done)
	fmt.Fprintf(p.to, "\r%d", done)
}
