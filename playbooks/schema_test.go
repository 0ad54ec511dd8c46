package playbooks

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
)

// TestSchemaTakesWhatLoads: every playbook that comes with gofirst, and the one in which mistakes are made.
func TestSchemaTakesWhatLoads(t *testing.T) {
	s := loadSchema(t)
	all, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		source, err := Source(p.ID)
		if err != nil {
			t.Fatal(err)
		}
		if wrong := s.refuses(t, string(source)); wrong != "" {
			t.Errorf("%s: %s", p.ID, wrong)
		}
	}
	if wrong := s.refuses(t, read(t, "testdata/lang/base.yaml")); wrong != "" {
		t.Errorf("base.yaml: %s", wrong)
	}
}

// beyondSchema are the mistakes of testdata/lang that no schema sees: they are between two places of the file, or in
// what is no YAML of ours.
var beyondSchema = []string{
	"values/a day", "values/a rhythm", // which might be settings
	"values/a name unlike the file's", "values/a default that is no choice",
	"rules/the same name twice", "rules/an answer to something that nothing asks", "rules/a setting that does not exist",
	"rules/a setting of another type", "rules/a pick who is not told", "rules/told without a pick",
	"rules/the text of a rule that does not exist", "rules/the text of a rule that has none",
}

// TestSchemaRefusesMistakes wants every mistake of testdata/lang refused that a schema can see, and no other.
func TestSchemaRefusesMistakes(t *testing.T) {
	s := loadSchema(t)
	base := read(t, "testdata/lang/base.yaml")
	seen := 0
	for _, file := range []string{"keys", "kinds", "values", "rules", "texts"} {
		_, mistakes := parseMistakes(t, read(t, "testdata/lang/"+file+".txtar"))
		for _, m := range mistakes {
			name := file + "/" + m.name
			text := strings.Replace(base, m.old, m.fresh, 1)
			if yaml.Unmarshal([]byte(text), new(any)) != nil {
				continue // no YAML at all: editors say so themselves
			}
			refused := s.refuses(t, text) != ""
			if beyond := slices.Contains(beyondSchema, name); refused == beyond {
				t.Errorf("%s: refused %v", name, refused)
			}
			seen++
		}
	}
	if seen < 80 {
		t.Errorf("only %d mistakes were made", seen)
	}
}

var (
	mayStand = regexp.MustCompile(`^unknown key "zzz"; here may stand (.*)$`)
	thereIs  = regexp.MustCompile(`^"zzz" is not known here; there is (.*)$`)
)

// TestSchemaKnowsTheLoadersKeys asks the loader itself: wherever the schema has keys, an unknown one is put, and the
// loader's answer lists those that it knows. Words of a list are asked for in the same way. What one of the two knows
// and the other does not is found from either side.
func TestSchemaKnowsTheLoadersKeys(t *testing.T) {
	s := loadSchema(t)
	withKeys := map[string]bool{} // by place: also where a word may stand instead
	s.walk(s.root, nil, func(path []string, n *node) {
		if len(n.Properties) > 0 {
			withKeys[strings.Join(path, ".")] = true
		}
	})
	s.walk(s.root, nil, func(path []string, n *node) {
		place := strings.Join(path, ".")
		if keys := slices.Sorted(maps.Keys(n.Properties)); len(keys) > 0 && n.Others != nil {
			if diff := cmp.Diff(listed(t, mayStand, path, map[string]any{"zzz": 1}), keys); diff != "" {
				t.Errorf("%s: keys (loader -, schema +):\n%s", place, diff)
			}
		}
		if len(n.Enum) > 0 && !strings.HasSuffix(place, ".schedule.day") { // told in other words
			if diff := cmp.Diff(listed(t, thereIs, path, "zzz"), slices.Sorted(slices.Values(n.Enum))); diff != "" {
				t.Errorf("%s: words (loader -, schema +):\n%s", place, diff)
			}
		}
		if !withKeys[place] {
			if got := listed(t, mayStand, path, map[string]any{"zzz": 1}); got != nil {
				t.Errorf("%s: the schema has a word where the loader has the keys %v", place, got)
			}
		}
	})
	if len(withKeys) < 40 {
		t.Errorf("only %d places have keys", len(withKeys))
	}
}

// listed puts something at a place of an otherwise empty playbook and gives the list in the loader's answer.
func listed(t *testing.T, pattern *regexp.Regexp, path []string, put any) []string {
	t.Helper()
	for _, step := range slices.Backward(path) {
		switch step {
		case "*":
			put = []any{put}
		case "with", "or": // said only beside an answer
			put = map[string]any{"answered": "zzz", step: put}
		default:
			put = map[string]any{step: put}
		}
	}
	text, err := yaml.Marshal(put)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Load("zzz.yaml", text)
	for _, p := range problemsOf(t, err) {
		message, _, _ := strings.Cut(p.Message, " (did you mean")
		if found := pattern.FindStringSubmatch(message); found != nil {
			return slices.Sorted(strings.SplitSeq(found[1], ", "))
		}
	}
	return nil
}

// node is a part of the schema as an editor reads it.
type node struct {
	schema
	Properties map[string]*node `json:"properties"`
	Named      map[string]*node `json:"patternProperties"`
	Items      *node            `json:"items"`
	AllOf      []*node          `json:"allOf"`
	AnyOf      []*node          `json:"anyOf"`
	OneOf      []*node          `json:"oneOf"`
	Not        *node            `json:"not"`
	Defs       map[string]*node `json:"$defs"`
}

type editor struct{ root *node }

func loadSchema(t *testing.T) editor {
	t.Helper()
	text, err := Schema()
	if err != nil {
		t.Fatal(err)
	}
	e := editor{root: new(node)}
	if err := json.Unmarshal(text, e.root); err != nil {
		t.Fatal(err)
	}
	return e
}

// walk goes through all places of the schema, each with a path at which a file can have it.
func (e editor) walk(n *node, path []string, do func([]string, *node)) {
	do(path, n)
	if n.Ref != "" {
		e.walk(e.root.Defs[strings.TrimPrefix(n.Ref, "#/$defs/")], path, do)
	}
	for _, key := range slices.Sorted(maps.Keys(n.Properties)) {
		if p := n.Properties[key]; n.Others != nil { // else it says more of a key that stands elsewhere
			e.walk(p, append(slices.Clone(path), key), do)
		}
	}
	for _, p := range n.Named {
		e.walk(p, append(slices.Clone(path), "zzz"), do)
	}
	if n.Items != nil {
		e.walk(n.Items, append(slices.Clone(path), "*"), do)
	}
	for _, p := range n.AnyOf {
		e.walk(p, path, do)
	}
}
