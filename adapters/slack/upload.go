package slack

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	slackapi "github.com/slack-go/slack"
)

// pictureWait is how long Slack may need to work on a picture before a message can show it.
const pictureWait = 2 * time.Second

// picture uploads a PNG, once, and gives the block that shows it.
func (a *Adapter) picture(ctx context.Context, op string, p *chat.Picture) (slackapi.Block, error) {
	alt := cut(oneLine(p.Alt), maxAlt)
	if alt == "" || len(p.PNG) == 0 {
		return nil, failed(op, chat.Refused, "a picture needs bytes and words that say what it shows")
	}
	sum := sha256.Sum256(p.PNG)
	file, ok := a.files.get(sum)
	if !ok {
		var err error
		if file, err = a.upload(ctx, op, p.PNG, alt); err != nil {
			return nil, err
		}
		a.files.put(sum, file)
	}
	return slackapi.NewImageBlockSlackFile(&slackapi.SlackFileObject{ID: file}, alt, "", nil), nil
}

// upload brings a file to Slack: an address for it, the bytes, and the word that it is whole. It is shared with nobody
// until a message shows it, so whatever fails here, no message was sent.
func (a *Adapter) upload(ctx context.Context, op string, png []byte, alt string) (string, error) {
	var at struct {
		URL  string `json:"upload_url"`
		File string `json:"file_id"`
	}
	args := url.Values{"filename": {"picture.png"}, "length": {strconv.Itoa(len(png))}, "alt_txt": {cut(alt, 1000)}}
	if err := a.call(ctx, op, "files.getUploadURLExternal", args, &at); err != nil {
		return "", unsent(err)
	}
	r, err := http.NewRequest(http.MethodPost, at.URL, bytes.NewReader(png))
	if err != nil {
		return "", failed(op, chat.Refused, "the upload's address is none")
	}
	r.Header.Set("Content-Type", "application/octet-stream")
	if _, _, err := a.do(ctx, op, r); err != nil {
		return "", unsent(err)
	}
	files, _ := json.Marshal([]map[string]string{{"id": at.File, "title": cut(alt, 200)}}) // strings alone
	if err := a.call(ctx, op, "files.completeUploadExternal", url.Values{"files": {string(files)}}, nil); err != nil {
		return "", unsent(err)
	}
	return at.File, nil
}

// unsent turns a doubt before the message itself into a wait: nothing was posted.
func unsent(err error) error {
	e, ok := err.(*chat.Error)
	if !ok || e.Kind != chat.Unsure {
		return err
	}
	return &chat.Error{Op: e.Op, Kind: chat.Later, Wait: pictureWait, Err: e.Err}
}
