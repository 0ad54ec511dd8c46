package discordtest_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/gofirst/gofirst/adapters/discord/discordtest"
)

// client speaks to the service as a bot does, unless told otherwise.
type client struct {
	t testing.TB
	s *discordtest.Server
}

func (c client) do(method, path, body string, change func(http.Header)) (int, map[string]any) {
	c.t.Helper()
	q, err := http.NewRequest(method, c.s.URL()+"/v10"+path, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	q.Header.Set("Authorization", "Bot "+c.s.Token())
	q.Header.Set("User-Agent", "DiscordBot (https://example.org, 1)")
	if body != "" {
		q.Header.Set("Content-Type", "application/json")
	}
	if change != nil {
		change(q.Header)
	}
	r, err := http.DefaultClient.Do(q)
	if err != nil {
		c.t.Fatal(err)
	}
	defer r.Body.Close()
	var out map[string]any
	b, _ := io.ReadAll(r.Body)
	_ = json.Unmarshal(bytes.TrimSpace(b), &out)
	return r.StatusCode, out
}

func office(t testing.TB, o discordtest.Options) (s *discordtest.Server, room, ana string) {
	t.Helper()
	s = discordtest.New(o)
	t.Cleanup(s.Close)
	g := s.AddGuild("Office", 1<<6|1<<10|1<<11|1<<16)
	return s, s.AddChannel(g, "help"), s.AddPerson("ana", "Ana", g)
}

// What the service refuses, the stand-in refuses, with the service's status and code.
func TestRefusals(t *testing.T) {
	t.Parallel()
	s, room, ana := office(t, discordtest.Options{})
	c := client{t, s}
	said := s.Say(room, ana, "hello")
	messages := "/channels/" + room + "/messages"
	long := strings.Repeat("a", 2001)
	button := `{"type":2,"style":2,"label":"x","custom_id":"%s"}`
	for name, x := range map[string]struct {
		method, path, body string
		change             func(http.Header)
		status             int
		code               float64
	}{
		"no token":            {"GET", "/users/@me", "", func(h http.Header) { h.Del("Authorization") }, 401, 0},
		"a bearer":            {"GET", "/users/@me", "", func(h http.Header) { h.Set("Authorization", s.Token()) }, 401, 0},
		"a browser":           {"GET", "/users/@me", "", func(h http.Header) { h.Set("User-Agent", "Mozilla/5.0") }, 403, 0},
		"a form":              {"POST", messages, "content=x", func(h http.Header) { h.Set("Content-Type", "application/x-www-form-urlencoded") }, 400, 50035},
		"bad JSON":            {"POST", messages, "{", nil, 400, 50109},
		"an unknown channel":  {"POST", "/channels/123456789012345678/messages", `{"content":"x"}`, nil, 404, 10003},
		"no channel":          {"POST", "/channels/help/messages", `{"content":"x"}`, nil, 400, 50035},
		"nothing":             {"POST", messages, `{"content":"  "}`, nil, 400, 50006},
		"too long":            {"POST", messages, `{"content":"` + long + `"}`, nil, 400, 50035},
		"a long nonce":        {"POST", messages, `{"content":"x","nonce":"12345678901234567890123456"}`, nil, 400, 50035},
		"a foreign flag":      {"POST", messages, `{"content":"x","flags":64}`, nil, 400, 50035},
		"a lone button":       {"POST", messages, `{"content":"x","components":[` + fmt.Sprintf(button, "a") + `]}`, nil, 400, 50035},
		"a button twice":      {"POST", messages, `{"content":"x","components":[{"type":1,"components":[` + fmt.Sprintf(button, "a") + "," + fmt.Sprintf(button, "a") + `]}]}`, nil, 400, 50035},
		"a long button":       {"POST", messages, `{"content":"x","components":[{"type":1,"components":[` + fmt.Sprintf(button, strings.Repeat("a", 101)) + `]}]}`, nil, 400, 50035},
		"both ways to ping":   {"POST", messages, `{"content":"x","allowed_mentions":{"parse":["users"],"users":["1"]}}`, nil, 400, 50035},
		"a reply to none":     {"POST", messages, `{"content":"x","message_reference":{"message_id":"123456789012345678"}}`, nil, 400, 50035},
		"a file":              {"POST", messages, "", nil, 400, 50109},
		"somebody's message":  {"PATCH", messages + "/" + said, `{"content":"x"}`, nil, 403, 50005},
		"an unknown message":  {"DELETE", messages + "/123456789012345678", "", nil, 404, 10008},
		"an emoji of letters": {"PUT", messages + "/" + said + "/reactions/eyes/@me", "", nil, 400, 10014},
		"an unknown user":     {"GET", "/users/123456789012345678", "", nil, 404, 10013},
		"nobody's talk":       {"POST", "/users/@me/channels", `{"recipient_id":"123456789012345678"}`, nil, 400, 50035},
		"another's commands":  {"PUT", "/applications/1/commands", "[]", nil, 403, 20012},
		"a shouted command":   {"PUT", "/applications/" + s.Application + "/commands", `[{"name":"Gofirst","description":"x"}]`, nil, 400, 50035},
		"a silent command":    {"PUT", "/applications/" + s.Application + "/commands", `[{"name":"gofirst","description":""}]`, nil, 400, 50035},
		"a made-up token":     {"POST", "/interactions/1/made-up/callback", `{"type":5}`, nil, 404, 10062},
		"a made-up webhook":   {"POST", "/webhooks/" + s.Application + "/made-up", `{"content":"x"}`, nil, 404, 10015},
	} {
		status, body := c.do(x.method, x.path, x.body, x.change)
		if code, _ := body["code"].(float64); status != x.status || code != x.code {
			t.Errorf("%s: the status is %d and the code %v, want %d and %v", name, status, body["code"], x.status, x.code)
		}
	}
	if p := s.Posts(); len(p) != 0 {
		t.Errorf("what was refused stands: %+v", p)
	}
}

// The same nonce leaves one message, for as long as the service remembers it.
func TestNonce(t *testing.T) {
	t.Parallel()
	s, room, _ := office(t, discordtest.Options{NonceWindow: time.Hour})
	c := client{t, s}
	for range 2 {
		c.do("POST", "/channels/"+room+"/messages", `{"content":"x","nonce":"n","enforce_nonce":true}`, nil)
	}
	c.do("POST", "/channels/"+room+"/messages", `{"content":"x","nonce":"n"}`, nil)
	if n := len(s.Posts()); n != 2 {
		t.Errorf("%d messages stand, want the one that was sent twice and the one that did not enforce its nonce", n)
	}
}

// The gateway closes with the codes of its documents.
func TestCloseCodes(t *testing.T) {
	t.Parallel()
	s, _, _ := office(t, discordtest.Options{WithoutContent: true, Shards: 2})
	identify := func(token, rest string) string {
		return `{"op":2,"d":{"token":"` + token + `","properties":{"os":"linux","browser":"x","device":"x"},` + rest + `}}`
	}
	for name, x := range map[string]struct {
		send string
		code int
	}{
		"no JSON":            {"{", 4002},
		"an unknown op":      {`{"op":77}`, 4001},
		"a status first":     {`{"op":3,"d":{}}`, 4003},
		"another's token":    {identify("x", `"intents":1,"shard":[0,2]`), 4004},
		"a token as in REST": {identify("Bot "+s.Token(), `"intents":1,"shard":[0,2]`), 4004},
		"nobody":             {`{"op":2,"d":{"token":"` + s.Token() + `","properties":{"$os":"linux"},"intents":1,"shard":[0,2]}}`, 4002},
		"a vague presence":   {identify(s.Token(), `"intents":1,"shard":[0,2],"presence":{"status":"","afk":false,"since":null,"activities":null}`), 4002},
		"no intents":         {identify(s.Token(), `"shard":[0,2]`), 4002},
		"too few shards":     {identify(s.Token(), `"intents":1,"shard":[0,1]`), 4011},
		"a shard too many":   {identify(s.Token(), `"intents":1,"shard":[2,2]`), 4010},
		"content":            {identify(s.Token(), `"intents":32768,"shard":[0,2]`), 4014},
	} {
		_, about := client{t, s}.do("GET", "/gateway/bot", "", nil)
		conn, r, err := websocket.DefaultDialer.Dial(about["url"].(string)+"&v=10&encoding=json", nil)
		if err != nil {
			t.Fatal(err)
		}
		_ = r.Body.Close()
		_ = conn.WriteMessage(websocket.TextMessage, []byte(x.send))
		for err == nil {
			_, _, err = conn.ReadMessage()
		}
		if !websocket.IsCloseError(err, x.code) {
			t.Errorf("%s: the gateway ends with %v, want %d", name, err, x.code)
		}
		_ = conn.Close()
	}
}

// The parser knows the service's markup, and escapes.
func TestRead(t *testing.T) {
	t.Parallel()
	for content, want := range map[string]string{
		"**a** *b* `c` <@123456789012345678>": "bold [a] italic [b] code [c] people [123456789012345678] links [] strange []: a b c @123456789012345678",
		`\**a*\* \<@1>`:                       "bold [] italic [a] code [] people [] links [] strange []: *a* <@1>",
		"[x](http://evil.example) ||s||":      "bold [] italic [] code [] people [] links [http://evil.example] strange [s]: x s",
		"# title\n- item\n> quote\n:smile:":   "bold [] italic [] code [] people [] links [] strange [:smile: # title]: title\n• item\nquote\n🙂",
		"``a`b`` @everyone":                   "bold [] italic [] code [a`b] people [] links [] strange [@everyone]: a`b @everyone",
	} {
		r := discordtest.Read(content)
		got := fmt.Sprintf("bold %v italic %v code %v people %v links %v strange %v: %s", r.Bold, r.Italic, r.Code, r.People, r.Links, r.Strange(), r.Text)
		if got != want {
			t.Errorf("%q reads\n%s, want\n%s", content, got, want)
		}
	}
}
