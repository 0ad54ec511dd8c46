package slacktest

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

// surface is where blocks are shown.
type surface struct {
	most  int // blocks
	kinds []string
}

var (
	surfaceMessage = surface{50, []string{"rich_text", "section", "actions", "image", "divider", "context", "header"}}
	surfaceModal   = surface{100, []string{"rich_text", "section", "actions", "image", "divider", "context", "header", "input"}}
	surfaceHome    = surfaceModal
)

// longestBlocks is about where others have seen "msg_blocks_too_long"; Slack does not document it.
const longestBlocks = 13_000

// checker collects what is wrong with blocks.
type checker struct {
	s       *Server
	wrong   []string
	actions map[string]bool
	blocks  map[string]bool
}

// checkBlocks gives Slack's answer to blocks that it would not take, or nil.
func (s *Server) checkBlocks(text []byte, on surface) object {
	var blocks []map[string]any
	if err := json.Unmarshal(text, &blocks); err != nil {
		return no("invalid_blocks_format")
	}
	c := &checker{s: s, actions: map[string]bool{}, blocks: map[string]bool{}}
	if len(blocks) > on.most {
		c.bad("", "no more than %d items allowed", on.most)
	}
	for i, b := range blocks {
		c.block(fmt.Sprintf("/blocks/%d", i), b, on)
	}
	switch {
	case len(c.wrong) > 0:
		a := no("invalid_blocks")
		a["response_metadata"] = object{"messages": c.wrong}
		return a
	case len(text) > longestBlocks && on.most == surfaceMessage.most:
		return no("msg_blocks_too_long")
	}
	return nil
}

func (c *checker) bad(at, format string, args ...any) {
	c.wrong = append(c.wrong, "[ERROR] "+fmt.Sprintf(format, args...)+" [json-pointer:"+at+"]")
}

// keys refuses fields that are not documented.
func (c *checker) keys(at string, o map[string]any, known ...string) {
	for k := range o {
		if k != "type" && !slices.Contains(known, k) {
			c.bad(at, "invalid additional property: %s", k)
		}
	}
}

func (c *checker) text(at string, o map[string]any, key string, least, most int) string {
	v, ok := o[key].(string)
	if !ok && least == 0 && o[key] == nil {
		return ""
	}
	n := utf8.RuneCountInString(v)
	switch {
	case !ok:
		c.bad(at+"/"+key, "must provide a string")
	case n < least:
		c.bad(at+"/"+key, "must be more than %d characters", least-1)
	case n > most:
		c.bad(at+"/"+key, "must be less than %d characters", most+1)
	}
	return v
}

func list(o map[string]any, key string) []map[string]any {
	all, _ := o[key].([]any)
	var objects []map[string]any
	for _, x := range all {
		if m, ok := x.(map[string]any); ok {
			objects = append(objects, m)
		} else {
			objects = append(objects, map[string]any{})
		}
	}
	return objects
}

func (c *checker) block(at string, b map[string]any, on surface) {
	kind, _ := b["type"].(string)
	if !slices.Contains(on.kinds, kind) {
		c.bad(at+"/type", "unsupported type: %s", kind)
		return
	}
	if id := c.text(at, b, "block_id", 0, 255); id != "" {
		if c.blocks[id] {
			c.bad(at+"/block_id", "block_id already exists")
		}
		c.blocks[id] = true
	}
	switch kind {
	case "rich_text":
		c.keys(at, b, "elements", "block_id")
		c.richText(at, list(b, "elements"))
	case "section":
		c.keys(at, b, "text", "fields", "accessory", "block_id", "expand")
		c.textObject(at+"/text", b["text"], 3000)
	case "header":
		c.keys(at, b, "text", "block_id", "level")
		c.textObject(at+"/text", b["text"], 150)
	case "context":
		c.keys(at, b, "elements", "block_id")
	case "actions":
		c.keys(at, b, "elements", "block_id")
		c.buttons(at, list(b, "elements"))
	case "image":
		c.keys(at, b, "alt_text", "image_url", "slack_file", "title", "block_id")
		c.image(at, b)
	case "input":
		c.keys(at, b, "label", "element", "hint", "optional", "block_id", "dispatch_action")
		c.input(at, b)
	}
}

func (c *checker) textObject(at string, v any, most int) {
	o, ok := v.(map[string]any)
	kind, _ := o["type"].(string)
	if !ok || kind != "plain_text" && kind != "mrkdwn" {
		c.bad(at, "must be a text object")
		return
	}
	c.keys(at, o, "text", "emoji", "verbatim")
	c.text(at, o, "text", 1, most)
}

func (c *checker) plainObject(at string, v any, most int) {
	if o, _ := v.(map[string]any); o["type"] != "plain_text" {
		c.bad(at, "must be a plain_text object")
		return
	}
	c.textObject(at, v, most)
}

func (c *checker) image(at string, b map[string]any) {
	c.text(at, b, "alt_text", 1, 2000)
	file, _ := b["slack_file"].(map[string]any)
	address, _ := b["image_url"].(string)
	switch id, _ := file["id"].(string); {
	case file == nil && !strings.HasPrefix(address, "https://"):
		c.bad(at, "must have an image_url or a slack_file")
	case file != nil && !c.s.shows(id):
		c.bad(at+"/slack_file", "invalid slack file")
	}
}

func (c *checker) buttons(at string, all []map[string]any) {
	if len(all) == 0 || len(all) > 25 {
		c.bad(at+"/elements", "no more than 25 items allowed, no fewer than 1")
	}
	for i, e := range all {
		at := fmt.Sprintf("%s/elements/%d", at, i)
		if e["type"] != "button" {
			c.bad(at, "unsupported type")
			continue
		}
		c.keys(at, e, "text", "action_id", "value", "url", "style", "confirm", "accessibility_label")
		c.plainObject(at+"/text", e["text"], 75)
		c.text(at, e, "value", 0, 2000)
		c.actionID(at, e)
	}
}

func (c *checker) actionID(at string, e map[string]any) {
	id := c.text(at, e, "action_id", 1, 255)
	if c.actions[id] {
		c.bad(at+"/action_id", "action_id already exists")
	}
	c.actions[id] = true
}

func (c *checker) input(at string, b map[string]any) {
	c.plainObject(at+"/label", b["label"], 2000)
	if b["hint"] != nil {
		c.plainObject(at+"/hint", b["hint"], 2000)
	}
	e, _ := b["element"].(map[string]any)
	at += "/element"
	switch e["type"] {
	case "plain_text_input":
		c.keys(at, e, "action_id", "initial_value", "multiline", "min_length", "max_length", "placeholder", "dispatch_action_config", "focus_on_load")
		most, limited := e["max_length"].(float64)
		if limited && (most < 1 || most > 3000) {
			c.bad(at+"/max_length", "must be between 1 and 3000")
		}
		if !limited {
			most = 3000
		}
		c.text(at, e, "initial_value", 0, int(most))
	case "static_select":
		c.keys(at, e, "action_id", "options", "option_groups", "initial_option", "placeholder", "confirm", "focus_on_load")
		c.options(at, e)
	default:
		c.bad(at, "unsupported type")
	}
	c.actionID(at, e)
}

func (c *checker) options(at string, e map[string]any) {
	options := list(e, "options")
	if len(options) == 0 || len(options) > 100 {
		c.bad(at+"/options", "no more than 100 items allowed, no fewer than 1")
	}
	known := map[string]bool{}
	for i, o := range options {
		at := fmt.Sprintf("%s/options/%d", at, i)
		c.keys(at, o, "text", "value", "description", "url")
		c.plainObject(at+"/text", o["text"], 75)
		known[string(raw(o))] = true
		c.text(at, o, "value", 1, 150)
	}
	if first := e["initial_option"]; first != nil && !known[string(raw(first))] {
		c.bad(at+"/initial_option", "is none of the options")
	}
}

func (c *checker) richText(at string, parts []map[string]any) {
	if len(parts) == 0 {
		c.bad(at+"/elements", "must have an element")
	}
	for i, p := range parts {
		at := fmt.Sprintf("%s/elements/%d", at, i)
		switch p["type"] {
		case "rich_text_section":
			c.keys(at, p, "elements")
			c.inline(at, list(p, "elements"))
		case "rich_text_quote", "rich_text_preformatted":
			c.keys(at, p, "elements", "border")
			c.inline(at, list(p, "elements"))
		case "rich_text_list":
			c.keys(at, p, "elements", "style", "indent", "border", "offset")
			if p["style"] != "bullet" && p["style"] != "ordered" {
				c.bad(at+"/style", "must be bullet or ordered")
			}
			for j, item := range list(p, "elements") {
				if item["type"] != "rich_text_section" {
					c.bad(at, "items of a list are sections")
				}
				c.inline(fmt.Sprintf("%s/elements/%d", at, j), list(item, "elements"))
			}
		default:
			c.bad(at, "unsupported type")
		}
	}
}

func (c *checker) inline(at string, all []map[string]any) {
	if len(all) == 0 {
		c.bad(at+"/elements", "must have an element")
	}
	for i, e := range all {
		at := fmt.Sprintf("%s/elements/%d", at, i)
		switch e["type"] {
		case "text":
			c.keys(at, e, "text", "style")
			c.text(at, e, "text", 1, 40_000)
		case "link":
			c.keys(at, e, "url", "text", "unsafe", "style")
			c.link(at, e)
		case "user":
			c.keys(at, e, "user_id", "style")
			if id, _ := e["user_id"].(string); c.s.people[id] == nil {
				c.bad(at+"/user_id", "invalid user id")
			}
		case "channel":
			c.keys(at, e, "channel_id", "style")
			if id, _ := e["channel_id"].(string); c.s.channels[id] == nil {
				c.bad(at+"/channel_id", "invalid channel id")
			}
		case "usergroup", "broadcast", "emoji", "date", "color":
		default:
			c.bad(at, "unsupported type")
		}
		c.style(at, e)
	}
}

func (c *checker) link(at string, e map[string]any) {
	address := c.text(at, e, "url", 1, 3000)
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "mailto" && (u.Host == "" || u.Scheme != "https" && u.Scheme != "http") {
		c.bad(at+"/url", "invalid url")
	}
}

func (c *checker) style(at string, e map[string]any) {
	style, ok := e["style"].(map[string]any)
	if !ok && e["style"] != nil {
		c.bad(at+"/style", "must be an object")
	}
	c.keys(at+"/style", style, "bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink")
}
