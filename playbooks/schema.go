package playbooks

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Schema describes the language to editors: a JSON Schema (draft 2020-12), indented. It sees one place of a file at a
// time. What only the whole file tells (that a setting is there, that something is asked, that a condition is well
// typed) is left to Load.
func Schema() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(playbookSchema()); err != nil {
		return nil, fmt.Errorf("write the schema: %w", err)
	}
	return b.Bytes(), nil
}

// schema is a node of a JSON Schema, with just the keywords that the language needs.
type schema struct {
	Dialect       string             `json:"$schema,omitempty"`
	Title         string             `json:"title,omitempty"`
	Description   string             `json:"description,omitempty"`
	Ref           string             `json:"$ref,omitempty"`
	Type          any                `json:"type,omitempty"` // a string, or a list of them
	Enum          []string           `json:"enum,omitempty"`
	Pattern       string             `json:"pattern,omitempty"`
	Minimum       *float64           `json:"minimum,omitempty"`
	Maximum       *float64           `json:"maximum,omitempty"`
	Required      []string           `json:"required,omitempty"`
	Properties    map[string]*schema `json:"properties,omitempty"`
	Named         map[string]*schema `json:"patternProperties,omitempty"`
	Others        *bool              `json:"additionalProperties,omitempty"`
	MinProperties int                `json:"minProperties,omitempty"`
	Items         *schema            `json:"items,omitempty"`
	MinItems      int                `json:"minItems,omitempty"`
	AllOf         []*schema          `json:"allOf,omitempty"`
	AnyOf         []*schema          `json:"anyOf,omitempty"`
	OneOf         []*schema          `json:"oneOf,omitempty"`
	Not           *schema            `json:"not,omitempty"`
	Examples      []string           `json:"examples,omitempty"`
	Defs          map[string]*schema `json:"$defs,omitempty"`
}

// object is a mapping with these keys and no others.
func object(about string, keys map[string]*schema, required ...string) *schema {
	return &schema{Description: about, Type: "object", Properties: keys, Others: new(bool), Required: required}
}

func shaped(about, pattern string, examples ...string) *schema {
	return &schema{Description: about, Type: "string", Pattern: pattern, Examples: examples}
}

// one is a word of a list.
func one(about string, of ...string) *schema { return &schema{Description: about, Enum: of} }

// some is one, or a list of them.
func some(s *schema) *schema {
	return &schema{
		Description: s.Description,
		AnyOf:       []*schema{{Enum: s.Enum}, {Type: "array", Items: &schema{Enum: s.Enum}}},
	}
}

// like is what stands under a name in $defs, described for its place.
func like(def, about string) *schema { return &schema{Ref: "#/$defs/" + def, Description: about} }

// with is a mapping that has this key.
func with(key string) *schema { return &schema{Required: []string{key}} }

// saying is a mapping in which a key is missing or one of these words.
func saying(key string, of ...string) *schema {
	return &schema{Properties: map[string]*schema{key: {Enum: of}}}
}

func no(s *schema) *schema        { return &schema{Not: s} }
func either(s ...*schema) *schema { return &schema{AnyOf: s} }
func both(s ...*schema) *schema   { return &schema{AllOf: s} }
