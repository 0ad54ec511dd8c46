package slacktest_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/gofirst/gofirst/adapters/slack/slacktest"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("net/http.(*persistConn).readLoop"), goleak.IgnoreTopFunction("net/http.(*persistConn).writeLoop"))
}

// ask calls a method and gives the name of the error, or "ok".
func ask(t *testing.T, s *slacktest.Server, method, token string, args url.Values) string {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, s.API()+method, strings.NewReader(args.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	return answer(t, r)
}

func answer(t *testing.T, r *http.Request) string {
	t.Helper()
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	var a struct {
		OK    bool
		Error string
	}
	if err := json.Unmarshal(body, &a); err != nil {
		t.Fatalf("%s answers %q", r.URL.Path, body)
	}
	if a.OK {
		return "ok"
	}
	return a.Error
}

func workspace(t *testing.T, o slacktest.Options) *slacktest.Server {
	s := slacktest.New(o)
	t.Cleanup(s.Close)
	s.AddPerson(slacktest.Person{ID: "U0ANA", Handle: "ana", Name: "Ana"})
	s.AddChannel("C0HELP", "help", "U0ANA", slacktest.BotUser)
	s.AddChannel("C0ELSE", "elsewhere", "U0ANA")
	s.AddChannel("G0SECRET", "secret", "U0ANA")
	return s
}

func TestWhatSlackRefuses(t *testing.T) {
	t.Parallel()
	s := workspace(t, slacktest.Options{})
	poor := workspace(t, slacktest.Options{Scopes: []string{"users:read"}})
	text := url.Values{"text": {"x"}}
	post := func(more ...string) url.Values {
		args := url.Values{"channel": {"C0HELP"}, "text": {"x"}}
		for i := 0; i+1 < len(more); i += 2 {
			args.Set(more[i], more[i+1])
		}
		return args
	}
	rich := func(elements string) string {
		return `[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[` + elements + `]}]}]`
	}
	for what, got := range map[string]string{
		"not_authed":              ask(t, s, "chat.postMessage", "", post()),
		"invalid_auth":            ask(t, s, "chat.postMessage", "xoxb-other", post()),
		"not_allowed_token_type":  ask(t, s, "chat.postMessage", s.AppToken(), post()),
		"not_allowed_token_type ": ask(t, s, "apps.connections.open", s.BotToken(), nil),
		"missing_scope":           ask(t, poor, "chat.postMessage", poor.BotToken(), post()),
		"unknown_method":          ask(t, s, "chat.shout", s.BotToken(), post()),
		"invalid_arguments":       ask(t, s, "chat.postMessage", s.BotToken(), text),
		"channel_not_found":       ask(t, s, "chat.postMessage", s.BotToken(), post("channel", "C0NONE")),
		"channel_not_found ":      ask(t, s, "chat.postMessage", s.BotToken(), post("channel", "G0SECRET")),
		"not_in_channel":          ask(t, s, "chat.postMessage", s.BotToken(), post("channel", "C0ELSE")),
		"no_text":                 ask(t, s, "chat.postMessage", s.BotToken(), post("text", "")),
		"msg_too_long":            ask(t, s, "chat.postMessage", s.BotToken(), post("text", strings.Repeat("x", 40_001))),
		"thread_not_found":        ask(t, s, "chat.postMessage", s.BotToken(), post("thread_ts", "1.000001")),
		"invalid_metadata_format": ask(t, s, "chat.postMessage", s.BotToken(), post("metadata", `{"event_type":"Bad.Type","event_payload":{}}`)),
		"invalid_blocks_format":   ask(t, s, "chat.postMessage", s.BotToken(), post("blocks", "{")),
		"invalid_blocks":          ask(t, s, "chat.postMessage", s.BotToken(), post("blocks", rich(`{"type":"text","text":""}`))),
		"invalid_blocks  ":        ask(t, s, "chat.postMessage", s.BotToken(), post("blocks", rich(`{"type":"text","text":"x","bold":true}`))),
		"invalid_blocks   ":       ask(t, s, "chat.postMessage", s.BotToken(), post("blocks", rich(`{"type":"link","url":"javascript:x"}`))),
		"invalid_blocks    ":      ask(t, s, "chat.postMessage", s.BotToken(), post("blocks", rich(`{"type":"user","user_id":"U0NONE"}`))),
		"invalid_blocks     ":     ask(t, s, "chat.postMessage", s.BotToken(), post("blocks", `[{"type":"section","text":{"type":"mrkdwn","text":"`+strings.Repeat("x", 3001)+`"}}]`)),
		"invalid_blocks      ":    ask(t, s, "chat.postMessage", s.BotToken(), post("blocks", `[`+strings.Repeat(`{"type":"divider"},`, 50)+`{"type":"divider"}]`)),
		"invalid_blocks       ":   ask(t, s, "chat.postMessage", s.BotToken(), post("blocks", `[{"type":"actions","elements":[{"type":"button","action_id":"a","text":{"type":"plain_text","text":"`+strings.Repeat("x", 76)+`"}}]}]`)),
		"invalid_blocks        ":  ask(t, s, "chat.postMessage", s.BotToken(), post("blocks", `[{"type":"image","alt_text":"x","slack_file":{"id":"F0NONE"}}]`)),
		"invalid_blocks         ": ask(t, s, "chat.postMessage", s.BotToken(), post("blocks", `[{"type":"input"}]`)),
		"msg_blocks_too_long":     ask(t, s, "chat.postMessage", s.BotToken(), post("blocks", rich(`{"type":"text","text":"`+strings.Repeat("x", 13_000)+`"}`))),
		"user_not_in_channel":     ask(t, s, "chat.postEphemeral", s.BotToken(), post("user", "U0NOBODY")),
		"message_not_found":       ask(t, s, "chat.update", s.BotToken(), post("ts", "1.000001")),
		"bad_timestamp":           ask(t, s, "reactions.add", s.BotToken(), post("timestamp", "now", "name", "eyes")),
		"invalid_trigger_id":      ask(t, s, "views.open", s.BotToken(), url.Values{"trigger_id": {"x"}, "view": {"{}"}}),
		"user_not_found":          ask(t, s, "views.publish", s.BotToken(), url.Values{"user_id": {"U0NOBODY"}, "view": {"{}"}}),
		"invalid_cursor":          ask(t, s, "conversations.history", s.BotToken(), post("cursor", "x")),
		"invalid_limit":           ask(t, s, "conversations.history", s.BotToken(), post("limit", "1001")),
		"ok":                      ask(t, s, "chat.postMessage", s.BotToken(), post("blocks", rich(`{"type":"text","text":"x","style":{"bold":true}}`))),
	} {
		if got != strings.TrimSpace(what) {
			t.Errorf("where Slack says %s, the stand-in says %s", what, got)
		}
	}
}

func TestContentTypes(t *testing.T) {
	t.Parallel()
	s := workspace(t, slacktest.Options{})
	for kind, want := range map[string]string{
		"": "missing_post_type", "text/plain": "invalid_post_type", "application/json": "ok", "application/json; charset=utf-8": "ok",
	} {
		r, err := http.NewRequest(http.MethodPost, s.API()+"chat.postMessage", strings.NewReader(`{"channel":"C0HELP","text":"x"}`))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+s.BotToken())
		if kind != "" {
			r.Header.Set("Content-Type", kind)
		}
		if got := answer(t, r); got != want {
			t.Errorf("%q: %s, want %s", kind, got, want)
		}
	}
	r, err := http.NewRequest(http.MethodGet, s.API()+"chat.postMessage?channel=C0HELP&text=x", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+s.BotToken())
	if got := answer(t, r); got != "invalid_request_method" {
		t.Errorf("GET posts: %s", got)
	}
}

// The parser sees what a careless renderer would let through.
func TestMarkupNotifiesAndLeads(t *testing.T) {
	t.Parallel()
	s := workspace(t, slacktest.Options{})
	for text, want := range map[string]slacktest.Words{
		"<!channel> hi":                       {Text: "@channel hi", Pings: []string{"channel"}},
		"<@U0ANA>":                            {Text: "@Ana", Pings: []string{"U0ANA"}},
		"<!subteam^S1|@crew>":                 {Text: "@S1", Pings: []string{"S1"}},
		"<https://evil.example|good>":         {Text: "good", Links: []string{"https://evil.example"}},
		"<https://a.example>":                 {Text: "https://a.example"},
		"&lt;!channel&gt; &amp;lt; @everyone": {Text: "<!channel> &lt; @everyone"},
		"<#C0HELP>":                           {Text: "#help"},
	} {
		got := s.Parse(text, false, false)
		if got.Text != want.Text || strings.Join(got.Pings, ",") != strings.Join(want.Pings, ",") || strings.Join(got.Links, ",") != strings.Join(want.Links, ",") {
			t.Errorf("%q is read as %+v, want %+v", text, got, want)
		}
	}
	if got := s.Parse("@everyone", true, false); len(got.Pings) != 1 {
		t.Errorf("with link_names a name notifies %v", got.Pings)
	}
}
