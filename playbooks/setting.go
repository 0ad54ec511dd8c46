package playbooks

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/gofirst/gofirst/bot/calendar"
)

// Setting is something that a community fills in.
type Setting struct {
	Name       string
	Type       string // channels, role, choice, number, time, wait, text
	Default    any    // of the type that Values gives
	Of         []string
	PerChannel bool
	About      Text
}

// Values are the settings of one instance: each a string, a float64, or a list of strings for channels.
// A value that differs in one room stands under "NAME@CHANNEL".
type Values map[string]any

// In gives a setting's value in a room.
func (v Values) In(channel, name string) any {
	if own, ok := v[name+"@"+channel]; ok {
		return own
	}
	return v[name]
}

// Channels gives the channels of a setting; nil where it is not filled in.
func (v Values) Channels(name string) []string {
	list, _ := v[name].([]string)
	return list
}

// Fill gives every setting of the playbook its value, default where nothing is given, and says what is wrong
// with what is given. Given values are strings, numbers, or lists of strings, as configuration files and
// commands have them.
func (p *Playbook) Fill(given map[string]any) (Values, error) {
	out := Values{}
	for _, s := range p.Settings {
		if s.Default != nil {
			out[s.Name] = s.Default
		}
	}
	for _, key := range slices.Sorted(maps.Keys(given)) {
		raw := given[key]
		name, channel, per := strings.Cut(key, "@")
		s := p.Setting(name)
		if s == nil {
			return nil, fmt.Errorf("%s has no setting %q; it has %s", p.ID, name, strings.Join(p.settingNames(), ", "))
		}
		if per && !s.PerChannel {
			return nil, fmt.Errorf("%s: the setting %q is the same in every room", p.ID, name)
		}
		value, err := s.Value(raw)
		if err != nil {
			return nil, fmt.Errorf("%s: the setting %q: %w", p.ID, name, err)
		}
		if per {
			name += "@" + channel
		}
		out[name] = value
	}
	return out, nil
}

func (p *Playbook) settingNames() []string {
	var names []string
	for _, s := range p.Settings {
		names = append(names, s.Name)
	}
	return names
}

// Value checks one value, as a configuration file or a person wrote it.
func (s *Setting) Value(raw any) (any, error) {
	switch s.Type {
	case "channels":
		return stringList(raw)
	case "number":
		return number(raw)
	}
	text, ok := raw.(string)
	if !ok {
		return nil, fmt.Errorf("wants a %s, not %v", s.Type, raw)
	}
	return text, s.checkText(text)
}

func (s *Setting) checkText(text string) error {
	switch s.Type {
	case "choice":
		if !slices.Contains(s.Of, text) {
			return fmt.Errorf("is one of %s, not %q", strings.Join(s.Of, ", "), text)
		}
	case "role":
		if !slices.Contains(Roles, text) {
			return fmt.Errorf("is one of %s, not %q", strings.Join(Roles, ", "), text)
		}
	case "time":
		_, err := calendar.ParseTimeOfDay(text)
		return err
	case "wait":
		_, err := calendar.ParseWait(text)
		return err
	}
	return nil
}

// Roles are the roles that a person may accept.
var Roles = []string{"steward", "leader", "helper", "host", "ambassador", "observer"}

// stringList refuses an empty name: it would stand for every room.
func stringList(raw any) ([]string, error) {
	list, err := stringsOf(raw)
	if err == nil && slices.Contains(list, "") {
		return nil, fmt.Errorf("wants names of rooms, not an empty one")
	}
	return list, err
}

func stringsOf(raw any) ([]string, error) {
	switch raw := raw.(type) {
	case string:
		return []string{raw}, nil
	case []string:
		return raw, nil
	case []any:
		var out []string
		for _, item := range raw {
			text, ok := item.(string)
			if !ok {
				return nil, fmt.Errorf("wants a list of names, not %v", item)
			}
			out = append(out, text)
		}
		return out, nil
	}
	return nil, fmt.Errorf("wants a list of names, not %v", raw)
}

func number(raw any) (float64, error) {
	switch raw := raw.(type) {
	case float64:
		return raw, nil
	case int:
		return float64(raw), nil
	case int64:
		return float64(raw), nil
	case uint64:
		return float64(raw), nil
	case string:
		if f, err := strconv.ParseFloat(raw, 64); err == nil && !math.IsNaN(f) && !math.IsInf(f, 0) {
			return f, nil
		}
	}
	return 0, fmt.Errorf("wants a number, not %v", raw)
}
