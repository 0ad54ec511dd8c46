package bot

import (
	"context"
	"errors"

	"github.com/gofirst/gofirst/bot/chat"
)

// How much of an outcome is said.
const (
	reasonsShown = 3
	linksShown   = 3
)

// pastLines say what a playbook would have brought; see tells which links the reader may have.
func (e *Engine) pastLines(ctx context.Context, p *page, back *past, err error, see *sight) {
	switch {
	case errors.Is(err, errUnreadable):
		p.say("past.unread", nil)
		return
	case err != nil:
		e.options.Log.Warn("no look back", "err", err)
		p.say("past.failed", nil)
		return
	}
	p.say("past.head", nil)
	e.outcomeLines(ctx, p, &back.outcome, see)
	if back.cut {
		p.sayN("past.cut", back.told, nil)
	}
	p.say("past.foot", nil)
}

// outcomeLines say what an outcome has counted.
func (e *Engine) outcomeLines(ctx context.Context, p *page, o *outcome, see *sight) {
	if o.private+o.posts == 0 {
		p.say("past.nothing", nil)
	}
	if o.private > 0 {
		p.sayN("past.private", o.private, holes{"people": p.texts.sayN(p.g, "past.people", len(o.to), nil)})
	}
	if o.posts > 0 {
		p.sayN("past.posts", o.posts, nil)
	}
	e.quietLine(p, o)
	e.exampleLine(ctx, p, o, see)
}

// exampleLine shows some of what it was about, where the reader may read it.
func (e *Engine) exampleLine(ctx context.Context, p *page, o *outcome, see *sight) {
	var links [][]chat.Node
	for _, link := range o.links {
		if len(links) < linksShown && see.sees(ctx, link.Channel) {
			link.Label = p.texts.word(p.g, "link.message")
			links = append(links, []chat.Node{link})
		}
	}
	if len(links) > 0 {
		p.say("past.links", holes{"links": joinNodes(" · ", links...)})
	}
}

// quietLine says how often it held its tongue, and mostly why.
func (e *Engine) quietLine(p *page, o *outcome) {
	n := o.silences()
	if n == 0 {
		return
	}
	t := &turn{Engine: e}
	var reasons [][]chat.Node
	for _, reason := range o.commonest(reasonsShown) {
		reasons = append(reasons, t.reason(p.g, reason))
	}
	if len(reasons) == 0 {
		p.sayN("past.quiet_own", n, nil)
		return
	}
	p.sayN("past.quiet", n, holes{"reasons": joinNodes(p.texts.word(p.g, "joined.then"), reasons...)})
}
