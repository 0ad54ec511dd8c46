package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/web"
)

// openDoors opens doors that take nothing, unless somebody has the address already, which is taken for serve. So
// there is something to knock at; a service that calls just then asks again later.
func (d *doctor) openDoors(ctx context.Context) (end func()) {
	doors := web.Doors{}
	for _, p := range d.open {
		if p.connecting.doors {
			doors[p.name] = map[string]http.Handler{}
			for name := range p.connection.doors() {
				doors[p.name][name] = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
					http.Error(w, "not now", http.StatusServiceUnavailable)
				})
			}
		}
	}
	if len(doors) == 0 {
		return func() {}
	}
	server, err := web.Listen(ctx, d.config.listen, doors, slog.New(slog.DiscardHandler))
	if err != nil {
		return func() {}
	}
	ctx, stop := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = server.Run(ctx) // what it could not do shows at the door
	}()
	return func() { stop(); <-ended }
}

// lookAtDoors asks for every door at the public address, as a service would. An adapter that has looked itself is
// believed.
func (d *doctor) lookAtDoors(ctx context.Context) {
	for _, p := range d.open {
		looked := slices.ContainsFunc(p.found, func(f chat.Finding) bool { return f.What == "doors" })
		if p.connecting.doors && !looked {
			d.add(p.name, d.lookAtDoorsOf(ctx, p.name, keys(p.connection.doors()))...)
		}
	}
}

func (d *doctor) lookAtDoorsOf(ctx context.Context, connection string, names []string) (out []chat.Finding) {
	for _, name := range names {
		f := chat.Finding{What: "door " + name, Why: d.config.url + web.Path(connection, name)}
		status, err := knock(ctx, f.Why)
		switch {
		case err != nil:
			f.State, f.Why = chat.Limited, f.Why+" cannot be reached from this machine"
			f.Do = "open it in a browser from elsewhere: it should answer \"only POST\". If not, lead it to " + d.config.listen
		case status != http.StatusMethodNotAllowed:
			f.State, f.Why = chat.Ill, fmt.Sprintf("%s answers %d: something else is there", f.Why, status)
			f.Do = "let the server there pass this path on to " + d.config.listen
		}
		out = append(out, f)
	}
	return out
}

// knockWithin is how long one door may take.
const knockWithin = 10 * time.Second

// knock asks a door for what it does not give, and so learns whether it is there.
func knock(ctx context.Context, address string) (status int, err error) {
	ctx, stop := context.WithTimeout(ctx, knockWithin)
	defer stop()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return 0, err
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true, Proxy: http.ProxyFromEnvironment}}
	answer, err := client.Do(request)
	if err != nil {
		return 0, err
	}
	defer func() { _ = answer.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, 1<<10))
	return answer.StatusCode, nil
}
