package slacktest

import (
	"encoding/json"
	"fmt"
	"time"
	"unicode/utf8"
)

// trigger lets a form be opened, once, for three seconds.
type trigger struct {
	user string
	born time.Time
	used bool
}

// Form is what somebody has before them.
type Form struct {
	ID, User, Title, Submit string
	Fields                  []FormField
	callback, metadata      string
	hash                    string
}

// FormField is one question of a form.
type FormField struct {
	Block, Action, Label, Hint, Value string
	Long, Optional                    bool
	Max                               int
	Choices                           map[string]string // label by value
}

// newTrigger makes a trigger_id. The caller holds the lock.
func (s *Server) newTrigger(user string) string {
	id := fmt.Sprintf("%d.%d.%s", 1_000_000+s.serial, 2_000_000, secret())
	s.triggers[id] = &trigger{user: user, born: s.opts.Now()}
	return id
}

func (c *call) viewOpen() object {
	t := c.s.triggers[c.arg("trigger_id")]
	switch {
	case t == nil:
		return no("invalid_trigger_id")
	case t.used:
		return no("exchanged_trigger_id")
	case c.s.since(t.born) > 3*time.Second:
		return no("expired_trigger_id")
	}
	f, bad := c.s.form(c.arg("view"))
	if bad != nil {
		return bad
	}
	t.used = true
	f.ID, f.User, f.hash = c.s.next("V"), t.user, secret()
	c.s.forms = append(c.s.forms, f)
	return object{"ok": true, "view": object{"id": f.ID, "type": "modal", "hash": f.hash}}
}

type text struct {
	Type  string
	Text  string
	Emoji bool
}

func (t *text) within(most int) bool {
	return t != nil && t.Type == "plain_text" && t.Text != "" && utf8.RuneCountInString(t.Text) <= most
}

// form checks a modal.
func (s *Server) form(view string) (*Form, object) {
	var v struct {
		Type, Callback_ID, Private_Metadata string
		Title, Submit                       *text
		Blocks                              json.RawMessage
	}
	if json.Unmarshal([]byte(view), &v) != nil {
		return nil, no("invalid_arguments")
	}
	if v.Type != "modal" || !v.Title.within(24) || v.Submit != nil && !v.Submit.within(24) ||
		utf8.RuneCountInString(v.Private_Metadata) > 3000 || len(v.Callback_ID) > 255 {
		return nil, no("invalid_arguments")
	}
	if bad := s.checkBlocks(v.Blocks, surfaceModal); bad != nil {
		return nil, bad
	}
	f := &Form{Title: v.Title.Text, callback: v.Callback_ID, metadata: v.Private_Metadata, Fields: fields(v.Blocks)}
	if v.Submit != nil {
		f.Submit = v.Submit.Text
	} else if len(f.Fields) > 0 {
		return nil, no("missing_submit")
	}
	return f, nil
}

// fields reads the questions of sound blocks.
func fields(blocks json.RawMessage) (all []FormField) {
	var list []struct {
		Type, Block_ID string
		Label, Hint    *text
		Optional       bool
		Element        struct {
			Type, Action_ID, Initial_Value string
			Multiline                      bool
			Max_Length                     int
			Options                        []struct {
				Text  text
				Value string
			}
			Initial_Option *struct{ Value string }
		}
	}
	_ = json.Unmarshal(blocks, &list) // checked before
	for _, b := range list {
		if b.Type != "input" {
			continue
		}
		f := FormField{
			Block: b.Block_ID, Action: b.Element.Action_ID, Label: b.Label.Text, Value: b.Element.Initial_Value,
			Long: b.Element.Multiline, Optional: b.Optional, Max: b.Element.Max_Length,
		}
		if b.Hint != nil {
			f.Hint = b.Hint.Text
		}
		for _, o := range b.Element.Options {
			if f.Choices == nil {
				f.Choices = map[string]string{}
			}
			f.Choices[o.Value] = o.Text.Text
		}
		if b.Element.Initial_Option != nil {
			f.Value = b.Element.Initial_Option.Value
		}
		all = append(all, f)
	}
	return all
}

func (c *call) viewPublish() object {
	if c.s.people[c.arg("user_id")] == nil {
		return no("user_not_found")
	}
	var v struct {
		Type   string
		Blocks json.RawMessage
	}
	if json.Unmarshal([]byte(c.arg("view")), &v) != nil || v.Type != "home" {
		return no("invalid_arguments")
	}
	if bad := c.s.checkBlocks(v.Blocks, surfaceHome); bad != nil {
		return bad
	}
	p := c.s.look(&message{blocks: v.Blocks})
	p.For = c.arg("user_id")
	c.s.homes[p.For] = p
	return object{"ok": true}
}
