package playbooks

import "slices"

// playbookSchema is the whole of a file.
func playbookSchema() *schema {
	s := object("When the bot speaks, to whom and why. \"go doc github.com/gofirst/gofirst/playbooks\" documents the language.",
		map[string]*schema{
			"playbook":   shaped("Its name, and that of its file: small letters, digits and single hyphens.", idPattern.String(), "weekly-start"),
			"about":      like("text", "What it is for, in a sentence that stewards read before they turn it on."),
			"hypothesis": like("text", "What it claims: what people will do more often, and when."),
			"harm":       like("text", "What could go wrong, and what is done against it."),
			"measure":    measureSchema(),
			"stop":       stopSchema(),
			"settings":   settingsSchema(),
			"rules":      rulesSchema(),
		},
		slices.DeleteFunc(slices.Clone(topKeys), func(key string) bool { return key == "settings" })...)
	s.Dialect, s.Title = "https://json-schema.org/draft/2020-12/schema", "A gofirst playbook"
	s.Defs = map[string]*schema{"text": textSchema(), "phrases": phrasesSchema(), "rule": ruleSchema(), "wait": waitSchema(), "setting": settingName()}
	return s
}

func rulesSchema() *schema {
	return &schema{
		Description: "What it does, one rule for each occasion.",
		AnyOf:       []*schema{{Type: "array", MinItems: 1, Items: like("rule", "")}, like("rule", "")},
	}
}

func measureSchema() *schema {
	return object("In what its effect is seen.", map[string]*schema{
		"practice": {Description: "What people do more often if it works: share, answer, thanks, …", Type: "string"},
		"window":   like("wait", "For how long after its word the practice counts."),
		"delay":    shaped("The share of cases that wait for one window more, by coin, so that the effect can be told: 0% to 50%.", `^([0-4]?[0-9](\.[0-9]+)?|50(\.0+)?)%$`, "20%"),
	})
}

func stopSchema() *schema {
	return object("When it ends itself.", map[string]*schema{
		"harm":  {Description: "The evidence of harm (an e-value) at which it stops.", Type: "number", Minimum: new(float64), Examples: []string{"20"}},
		"after": like("wait", "After how long it stops, whatever was found."),
	})
}

func settingsSchema() *schema {
	return &schema{
		Description: "What a community fills in. A setting's name is one word in small letters.", Type: "object",
		Named: map[string]*schema{settingName().Pattern: settingSchema()}, Others: new(bool),
	}
}

func settingName() *schema { return &schema{Type: "string", Pattern: "^[a-z][a-z0-9]*$"} }

func settingSchema() *schema {
	s := object("A setting.", map[string]*schema{
		"type":    one("What it holds.", settingTypes...),
		"default": {Description: "What holds where nothing is filled in. Rooms have none: a community names its own.", Type: []string{"string", "number", "boolean"}},
		"of":      {Description: "What a choice can be.", AnyOf: []*schema{{Type: "string"}, {Type: "array", Items: &schema{Type: []string{"string", "number", "boolean"}}, MinItems: 1}}},
		"per":     one("May differ from room to room.", "channel"),
		"about":   like("text", "What it is, for whoever fills it in."),
	}, "type")
	byType := map[string]*schema{
		"channels": no(with("default")),
		"choice":   with("of"),
		"role":     saying("default", Roles...),
		"number":   {Properties: map[string]*schema{"default": either(&schema{Type: "number"}, shaped("", `^-?[0-9.]+([eE][-+]?[0-9]+)?$`))}},
		"time":     {Properties: map[string]*schema{"default": timeSchema("")}},
		"wait":     {Properties: map[string]*schema{"default": like("wait", "")}},
	}
	for _, kind := range settingTypes {
		if so := byType[kind]; so != nil {
			s.AllOf = append(s.AllOf, either(no(saying("type", kind)), so))
		}
	}
	return s
}
