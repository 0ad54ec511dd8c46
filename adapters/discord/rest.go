package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/textproto"
	"net/url"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// userAgent has the form that the service demands of bots.
const userAgent = "DiscordBot (https://github.com/gofirst/gofirst, 1)"

// maxAnswer is more than the service ever answers with.
const maxAnswer = 16 << 20

// request is one call of the API.
type request struct {
	op, method, path string
	body             any
	files            []upload
	// unauthorised calls carry their own credential in the path, which therefore is in no error.
	unauthorised bool
}

type upload struct {
	name    string
	content []byte
}

// call makes one request and decodes its answer into out, if out is not nil. Its error is a *chat.Error.
func (a *Adapter) call(ctx context.Context, r request, out any) error {
	_, err := a.exchange(ctx, r, out)
	return err
}

func (a *Adapter) exchange(ctx context.Context, r request, out any) (http.Header, error) {
	if err := ctx.Err(); err != nil {
		return nil, &chat.Error{Op: "discord " + r.op, Kind: chat.Later, Err: err}
	}
	token := a.cfg.Token()
	if a.barred(token) && !r.unauthorised {
		return nil, failed(r.op, chat.Refused, renew)
	}
	ctx, cancel := context.WithTimeout(ctx, a.timing.request)
	defer cancel()
	q, err := a.prepare(ctx, r, token)
	if err != nil {
		return nil, failed(r.op, chat.Refused, "the request cannot be made")
	}
	resp, err := a.client.Do(q)
	if err != nil {
		return nil, a.cut(r, err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	switch {
	case err != nil:
		return nil, a.cut(r, err)
	case resp.StatusCode == http.StatusUnauthorized && !r.unauthorised:
		a.rejected.Store(&token)
		return nil, failed(r.op, chat.Refused, renew)
	case resp.StatusCode < 200 || resp.StatusCode > 299:
		return resp.Header, unlike(r.op, resp.StatusCode, resp.Header, body)
	case resp.StatusCode == http.StatusNoContent:
		return resp.Header, nil
	case out != nil && json.Unmarshal(body, out) != nil:
		return resp.Header, failed(r.op, chat.Unsure, "the service's answer cannot be read")
	}
	return resp.Header, nil
}

// renew says what to do about a token that the service refuses.
const renew = "the token does not hold; reset it on the application's Bot page and store the new one"

// barred says that the service refused a token. It counts such requests, and bars whoever makes many.
func (a *Adapter) barred(token string) bool {
	bad := a.rejected.Load()
	return bad != nil && *bad == token
}

// cut makes an error of a connection that failed. Its address, which may hold a token, is left out.
func (a *Adapter) cut(r request, err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	why := "the connection failed"
	var wire *net.OpError
	if errors.As(err, &wire) && wire.Op == "dial" { // there was nothing to carry the request
		return failed(r.op, chat.Later, "the service cannot be reached")
	}
	if errors.Is(err, context.DeadlineExceeded) {
		why = "the service did not answer in time"
	}
	if errors.Is(err, context.Canceled) {
		return &chat.Error{Op: "discord " + r.op, Kind: chat.Unsure, Err: context.Canceled}
	}
	return failed(r.op, chat.Unsure, why)
}

func (a *Adapter) prepare(ctx context.Context, r request, token string) (*http.Request, error) {
	body, kind, err := encoded(r)
	if err != nil {
		return nil, err
	}
	q, err := http.NewRequestWithContext(ctx, r.method, strings.TrimSuffix(a.cfg.API, "/")+"/v10"+r.path, body)
	if err != nil {
		return nil, err
	}
	q.Header.Set("User-Agent", userAgent)
	if kind != "" {
		q.Header.Set("Content-Type", kind)
	}
	if !r.unauthorised {
		q.Header.Set("Authorization", "Bot "+token)
	}
	return q, nil
}

func encoded(r request) (io.Reader, string, error) {
	if r.body == nil {
		return nil, "", nil
	}
	payload, err := json.Marshal(r.body)
	if err != nil {
		return nil, "", err
	}
	if len(r.files) == 0 {
		return bytes.NewReader(payload), "application/json", nil
	}
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	part, err := form.CreatePart(textproto.MIMEHeader{"Content-Disposition": {`form-data; name="payload_json"`}, "Content-Type": {"application/json"}})
	if err == nil {
		_, err = part.Write(payload)
	}
	for i, f := range r.files {
		if err != nil {
			break
		}
		part, err = form.CreatePart(textproto.MIMEHeader{
			"Content-Disposition": {fmt.Sprintf(`form-data; name="files[%d]"; filename="%s"`, i, f.name)}, "Content-Type": {"image/png"},
		})
		if err == nil {
			_, err = part.Write(f.content)
		}
	}
	if err == nil {
		err = form.Close()
	}
	return &b, form.FormDataContentType(), err
}

// patiently makes a request that only reads, leaves half of the service's limit to others, and waits as long as the service asks to. It is for what Run and
// History do by themselves; nobody else waits here.
func (a *Adapter) patiently(ctx context.Context, r request, out any) error {
	for {
		if err := a.gentle.Wait(ctx); err != nil {
			return err
		}
		err := a.call(ctx, r, out)
		var e *chat.Error
		if !errors.As(err, &e) || e.Kind != chat.Later || ctx.Err() != nil {
			return err
		}
		if !pause(ctx, max(e.Wait, 100*time.Millisecond)) {
			return ctx.Err()
		}
	}
}

// pause waits, unless ctx ends before.
func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
