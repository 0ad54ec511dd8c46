package discordtest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// drafted checks a message as the service does, and makes it.
func (s *Server) drafted(d draft, files []file, flags int) (*message, *refusal) {
	m := &message{flags: d.Flags, components: d.Components, embeds: d.Embeds}
	if d.Content != nil {
		m.content = strings.TrimSpace(*d.Content)
	}
	switch nonce := d.Nonce.(type) {
	case nil:
	case string:
		m.nonce = nonce
	case float64:
		m.nonce = strconv.FormatInt(int64(nonce), 10)
	}
	switch {
	case utf8.RuneCountInString(m.content) > 2000:
		return nil, tooLong("content", 2000)
	case len(m.nonce) > 25:
		return nil, tooLong("nonce", 25)
	case m.content == "" && len(files) == 0 && len(d.Embeds) == 0:
		return nil, emptyMessage
	case d.Flags&^flags != 0:
		return nil, wrong("flags", "FLAGS_INVALID", "Only some flags may be set here.")
	}
	if no := checkRows(d.Components); no != nil {
		return nil, no
	}
	for _, f := range files {
		a := map[string]any{"id": s.snowflake(), "filename": f.name, "size": len(f.content), "url": "https://cdn.example/" + f.name, "content_type": "image/png"}
		for _, about := range d.Attachments {
			if strings.Trim(string(about.ID), `"`) == f.id {
				a["description"] = about.Description
				if utf8.RuneCountInString(about.Description) > 1024 {
					return nil, tooLong("attachments.0.description", 1024)
				}
			}
		}
		m.attachments = append(m.attachments, a)
	}
	return m, s.mentioned(m, d)
}

// mentioned finds out who is named in a message and who is notified of it.
func (s *Server) mentioned(m *message, d draft) *refusal {
	all := d.AllowedMentions == nil
	if a := d.AllowedMentions; a != nil && slices.Contains(a.Parse, "users") && len(a.Users) > 0 {
		return wrong("allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", `parse:["users"] and users: [ids...] are mutually exclusive.`)
	}
	for _, kind := range []string{"users", "roles", "everyone"} {
		if d.AllowedMentions != nil && slices.Contains(d.AllowedMentions.Parse, kind) {
			all = true
		}
	}
	read := Read(m.content)
	for _, u := range read.People {
		if s.users[u] == nil {
			continue
		}
		if !slices.Contains(m.mentions, u) {
			m.mentions = append(m.mentions, u)
		}
		if all || slices.Contains(d.AllowedMentions.Users, u) {
			m.pings = append(m.pings, u)
		}
	}
	if all && (read.Everyone || len(read.Roles) > 0) {
		m.pings = append(m.pings, append(read.Roles, "everyone")...)
	}
	return nil
}

// checkRows refuses components that are not rows of up to five buttons.
func checkRows(rows []any) *refusal {
	seen := map[string]bool{}
	if len(rows) > 5 {
		return wrong("components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")
	}
	for i, row := range rows {
		r, _ := row.(map[string]any)
		buttons, _ := r["components"].([]any)
		at := "components." + strconv.Itoa(i)
		if r["type"] != 1.0 || len(buttons) < 1 || len(buttons) > 5 {
			return wrong(at, "BASE_TYPE_BAD_LENGTH", "Must be an action row of between 1 and 5 components.")
		}
		for j, b := range buttons {
			if no := checkButton(fmt.Sprintf("%s.components.%d", at, j), b, seen); no != nil {
				return no
			}
		}
	}
	return nil
}

func checkButton(at string, v any, seen map[string]bool) *refusal {
	b, _ := v.(map[string]any)
	id, _ := b["custom_id"].(string)
	label, _ := b["label"].(string)
	style, _ := b["style"].(float64)
	switch {
	case b["type"] != 2.0 || style < 1 || style > 4:
		return wrong(at+".type", "UNION_TYPE_CHOICES", "Value of field \"type\" must be one of (2,).")
	case id == "" || utf8.RuneCountInString(id) > 100:
		return wrong(at+".custom_id", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")
	case seen[id]:
		return wrong(at+".custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
	case label == "" || utf8.RuneCountInString(label) > 80:
		return wrong(at+".label", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 80 in length.")
	}
	seen[id] = true
	return nil
}
