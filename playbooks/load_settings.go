package playbooks

import (
	"strings"

	"github.com/goccy/go-yaml/ast"
)

var settingTypes = []string{"channels", "role", "choice", "number", "time", "wait", "text"}

func isMapping(v value) bool {
	switch v.node.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return true
	}
	return false
}

func (l *loader) settings(v value) []Setting {
	var out []Setting
	for _, f := range v.fields() {
		if !idPattern.MatchString(f.key) || strings.Contains(f.key, "-") {
			f.at.fail("a setting's name is one word in small letters, not %q", f.key)
		}
		out = append(out, l.setting(f))
	}
	return out
}

func (l *loader) setting(f field) Setting {
	s := Setting{Name: f.key}
	var byDefault value
	for _, part := range f.value.fields("type", "default", "of", "per", "about") {
		switch part.key {
		case "type":
			s.Type = oneOf(part.value, settingTypes)
		case "default":
			byDefault = part.value
		case "of":
			s.Of = part.value.texts()
		case "per":
			s.PerChannel = oneOf(part.value, []string{"channel"}) != ""
		case "about":
			s.About = *l.text(part.value)
		}
	}
	if s.Type == "" {
		f.at.fail("the setting %q has no type; a type is one of %s", f.key, strings.Join(settingTypes, ", "))
	}
	if s.Type == "choice" && len(s.Of) == 0 {
		f.at.fail("a choice wants \"of: […]\"")
	}
	s.Default = defaultOf(&s, byDefault)
	return s
}

// defaultOf checks the default. Rooms have none: a community names its own.
func defaultOf(s *Setting, v value) any {
	if v.node == nil {
		return nil
	}
	if s.Type == "channels" {
		v.fail("rooms have no default: a community names its own")
		return nil
	}
	text, ok := v.text()
	if !ok || s.Type == "" || s.Type == "choice" && len(s.Of) == 0 {
		return nil
	}
	out, err := s.Value(text)
	if err != nil {
		v.fail("%v", err)
	}
	return out
}

func oneOf(v value, allowed []string) string {
	text, ok := v.text()
	if !ok {
		return ""
	}
	if !contains(allowed, text) {
		v.fail("%q is not known here; there is %s%s", text, strings.Join(allowed, ", "), didYouMean(text, allowed))
		return ""
	}
	return text
}

// settingNamed reads the name of a setting of that type.
func (l *loader) settingNamed(v value, kind string) string {
	name, ok := v.text()
	if !ok {
		return ""
	}
	s := l.playbook.Setting(name)
	switch {
	case s == nil:
		v.fail("there is no setting %q%s", name, didYouMean(name, l.playbook.settingNames()))
	case s.Type != kind && s.Type != "": // without a type that is said already
		v.fail("the setting %q is of type %s; here stands one of type %s", name, s.Type, kind)
	}
	return name
}
