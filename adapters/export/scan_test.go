package export

import (
	"bytes"
	"encoding/json"
	"testing"
)

// FuzzScan compares the scanner with encoding/json: what is JSON, and what a string stands for.
func FuzzScan(f *testing.F) {
	for _, s := range []string{
		`{"a":[1,-0.5e+3,true,false,null,"x\u00e9\n\ud83d\ude00\ud800"]}`, `"\u12"`, `[1,]`, `01`, `-`, `1.`, `1e`, `{"a" 1}`, `{,}`, `tru`,
		"\"a\tb\"", `"12345678\"9"`, `[[[]]]`, `{} {}`, ` `, `nul`, `"\ud83dx"`, "\"\xff\xfe\"", `{"\u0061":1}`, `[}`, `"abcdefgh`,
		`"\b\f\r\t\/\\"`, `"\uABCD\u00zz"`, `"\u00e9\ude00"`, `"\q"`, `"\`, `{"a":1,}`, `{"a":}`, `{1:2}`, `-0`, `1e+`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		s := scanner{data: data}
		s.skip(0)
		s.end()
		if valid := json.Valid(data); valid != (s.err == nil) {
			t.Fatalf("%q: json.Valid says %v, the scanner %v", data, valid, s.err)
		}
		s = scanner{data: data}
		if s.err != nil || s.peek() != '"' {
			return
		}
		var want string
		if json.Unmarshal(data, &want) != nil {
			return
		}
		if got := string(valid(s.text())); got != want {
			t.Fatalf("%q: encoding/json reads %q, the scanner %q", data, want, got)
		}
	})
}

// FuzzSlackDay feeds the day reader with anything. It must take exactly the files that are lists in JSON,
// count every entry once, and read the same texts as encoding/json.
func FuzzSlackDay(f *testing.F) {
	for _, s := range []string{
		`[]`, `null`, `[{"type":"message","user":"U1","text":"hi","ts":"1714986000.000100","thread_ts":"1714986000.000100"}]`,
		`[{"ts":"1.5","text":"a\u00e9\ud83d\ude00 \"q\"","reactions":[{"name":"x","users":["U1"],"count":3}]},7,{"ts":1.5}]`,
		`[{"ts":"2.0","subtype":"channel_join","user":"U1"},{"ts":"2.0","hidden":true},{"files":[{}],"ts":"3"}]`,
		`{"messages":[]}`, `[{"text":"<@U1> &amp; <https://x|y>","ts":"9.1"}]`, "\xef\xbb\xbf[]", `[{"comment":{"user":"U1"},"ts":"4"}]`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var counts tally
		dir := newDirectory()
		l := newSlackLoader(&dir, &counts)
		var rows slackDayRows
		err := l.load(memory(data), "C1", &rows)
		body := bytes.TrimPrefix(data, bom)
		var entries []json.RawMessage
		if wrong := json.Unmarshal(body, &entries); (wrong == nil) != (err == nil) {
			t.Fatalf("%q: encoding/json says %v, the reader %v", data, wrong, err)
		}
		left := 0
		for _, r := range []reason{notAnObject, notAMessage, unreadableTime, tombstone, hidden} {
			left += int(counts.by[r].Load())
		}
		if n := int(counts.rows.Load()); n != len(entries) || n != len(rows.rows)+left {
			t.Fatalf("%q: %d entries, %d counted, %d kept, %d left out", data, len(entries), n, len(rows.rows), left)
		}
		texts := map[string]bool{}
		for _, e := range entries {
			text, _ := plainSlack(&dir, lastText(e))
			texts[text] = true
		}
		for i, r := range rows.rows {
			if !texts[r.text.of(rows.texts)] {
				t.Fatalf("%q: row %d reads %q", data, i, r.text.of(rows.texts))
			}
			refsHold(t, r.text.of(rows.texts), rows.refs[r.refs.from:r.refs.to])
		}
	})
}

// lastText reads "text" as the day reader does: by its exact name, the last one counts, other kinds are empty.
func lastText(entry json.RawMessage) string {
	var fields map[string]json.RawMessage
	var text string
	if json.Unmarshal(entry, &fields) == nil && fields["text"] != nil {
		_ = json.Unmarshal(fields["text"], &text)
	}
	return text
}
