package discordtest

import (
	"strconv"
	"unicode/utf8"
)

// checkModal refuses a form that is not one to five labelled inputs.
func checkModal(b callbackBody) *refusal {
	size := utf8.RuneCountInString
	switch n := len(b.Data.Components); {
	case size(b.Data.CustomID) < 1 || size(b.Data.CustomID) > 100:
		return wrong("data.custom_id", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")
	case size(b.Data.Title) < 1 || size(b.Data.Title) > 45:
		return wrong("data.title", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 45 in length.")
	case n < 1 || n > 5:
		return wrong("data.components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")
	}
	seen := map[string]bool{}
	for i, v := range b.Data.Components {
		at := "data.components." + strconv.Itoa(i)
		label, _ := v.(map[string]any)
		name, _ := label["label"].(string)
		about, _ := label["description"].(string)
		in, _ := label["component"].(map[string]any)
		id, _ := in["custom_id"].(string)
		switch {
		case label["type"] != 18.0 || in == nil:
			return wrong(at+".type", "UNION_TYPE_CHOICES", "Value of field \"type\" must be one of (18,).")
		case size(name) < 1 || size(name) > 45:
			return wrong(at+".label", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 45 in length.")
		case size(about) > 100:
			return wrong(at+".description", "BASE_TYPE_MAX_LENGTH", "Must be 100 or fewer in length.")
		case id == "" || size(id) > 100 || seen[id]:
			return wrong(at+".component.custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
		}
		seen[id] = true
		if no := checkInput(at+".component", in); no != nil {
			return no
		}
	}
	return nil
}

func checkInput(at string, in map[string]any) *refusal {
	size := utf8.RuneCountInString
	switch in["type"] {
	case 4.0:
		value, _ := in["value"].(string)
		limit, limited := in["max_length"].(float64)
		style, _ := in["style"].(float64)
		switch {
		case style != 1 && style != 2:
			return wrong(at+".style", "BASE_TYPE_CHOICES", "Value must be one of {1, 2}.")
		case size(value) > 4000 || limited && (limit < 1 || limit > 4000 || size(value) > int(limit)):
			return wrong(at+".value", "BASE_TYPE_BAD_LENGTH", "Must be between 0 and 4000 in length.")
		}
		return nil
	case 3.0:
		options, _ := in["options"].([]any)
		if len(options) < 1 || len(options) > 25 {
			return wrong(at+".options", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 25 in length.")
		}
		seen := map[string]bool{}
		for _, o := range options {
			x, _ := o.(map[string]any)
			label, _ := x["label"].(string)
			value, _ := x["value"].(string)
			if label == "" || size(label) > 100 || value == "" || size(value) > 100 || seen[value] {
				return wrong(at+".options", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is already used")
			}
			seen[value] = true
		}
		return nil
	}
	return wrong(at+".type", "UNION_TYPE_CHOICES", "Value of field \"type\" must be one of (3, 4).")
}
