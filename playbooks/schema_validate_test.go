package playbooks

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// refuses validates a file as an editor does, and says the first thing that is wrong; "" where nothing is.
func (e editor) refuses(t *testing.T, text string) string {
	t.Helper()
	var doc any
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatal(err)
	}
	return e.wrong(e.root, doc)
}

// wrong knows the keywords that schema has, and no others.
func (e editor) wrong(n *node, v any) string {
	if n.Ref != "" {
		if w := e.wrong(e.root.Defs[strings.TrimPrefix(n.Ref, "#/$defs/")], v); w != "" {
			return w
		}
	}
	if n.Type != nil && !isType(n.Type, v) {
		return fmt.Sprintf("%v is no %v", v, n.Type)
	}
	if text, ok := v.(string); len(n.Enum) > 0 && (!ok || !slices.Contains(n.Enum, text)) {
		return fmt.Sprintf("%v is none of %v", v, n.Enum)
	}
	for _, check := range []func(*node, any) string{e.combined, e.wrongText, e.wrongObject, e.wrongList} {
		if w := check(n, v); w != "" {
			return w
		}
	}
	return ""
}

func (e editor) combined(n *node, v any) string {
	for _, part := range n.AllOf {
		if w := e.wrong(part, v); w != "" {
			return w
		}
	}
	if fits := e.fits(n.AnyOf, v); len(n.AnyOf) > 0 && fits == 0 {
		return fmt.Sprintf("%v fits nothing: %s", v, e.wrong(n.AnyOf[0], v))
	}
	if fits := e.fits(n.OneOf, v); len(n.OneOf) > 0 && fits != 1 {
		return fmt.Sprintf("%v fits %d", v, fits)
	}
	if n.Not != nil && e.wrong(n.Not, v) == "" {
		return fmt.Sprintf("%v is just not this", v)
	}
	return ""
}

func (e editor) fits(all []*node, v any) (count int) {
	for _, n := range all {
		if e.wrong(n, v) == "" {
			count++
		}
	}
	return count
}

func (e editor) wrongText(n *node, v any) string {
	if text, ok := v.(string); ok && n.Pattern != "" && !regexp.MustCompile(n.Pattern).MatchString(text) {
		return fmt.Sprintf("%q is not like %s", text, n.Pattern)
	}
	number, ok := asNumber(v)
	if ok && (n.Minimum != nil && !(number >= *n.Minimum) || n.Maximum != nil && !(number <= *n.Maximum)) {
		return fmt.Sprintf("%v is too little or too much", number)
	}
	return ""
}

func (e editor) wrongObject(n *node, v any) string {
	object, ok := v.(map[string]any)
	if !ok {
		return ""
	}
	for _, key := range n.Required {
		if _, there := object[key]; !there {
			return fmt.Sprintf("%q is missing", key)
		}
	}
	if len(object) < n.MinProperties {
		return "has too few keys"
	}
	for key, value := range object {
		if w := e.wrongKey(n, key, value); w != "" {
			return key + ": " + w
		}
	}
	return ""
}

func (e editor) wrongKey(n *node, key string, value any) string {
	if part := n.Properties[key]; part != nil {
		return e.wrong(part, value)
	}
	for pattern, part := range n.Named {
		if regexp.MustCompile(pattern).MatchString(key) {
			return e.wrong(part, value)
		}
	}
	if n.Others != nil && !*n.Others {
		return "stands nowhere"
	}
	return ""
}

func (e editor) wrongList(n *node, v any) string {
	list, ok := v.([]any)
	if !ok {
		return ""
	}
	if len(list) < n.MinItems {
		return "has too few items"
	}
	for _, item := range list {
		if n.Items == nil {
			break
		}
		if w := e.wrong(n.Items, item); w != "" {
			return w
		}
	}
	return ""
}

func isType(want any, v any) bool {
	if list, ok := want.([]any); ok {
		return slices.ContainsFunc(list, func(one any) bool { return isType(one, v) })
	}
	is := ""
	switch v.(type) {
	case map[string]any:
		is = "object"
	case []any:
		is = "array"
	case string:
		is = "string"
	case bool:
		is = "boolean"
	case nil:
		is = "null"
	default:
		is = "number"
	}
	_, whole := v.(uint64)
	return is == want || want == "integer" && whole
}

func asNumber(v any) (float64, bool) {
	switch v := v.(type) {
	case float64:
		return v, true
	case int64:
		return float64(v), true
	case uint64:
		return float64(v), true
	}
	return 0, false
}
