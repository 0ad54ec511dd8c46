package playbooks

import "slices"

// ruleSchema is one way of a playbook to speak.
func ruleSchema() *schema {
	s := object("One way of the playbook to speak.", map[string]*schema{
		"name":    {Description: "What it is called; each rule has a name of its own.", Type: "string", Pattern: `\S`},
		"when":    whenSchema(),
		"if":      {Description: "A condition over author, leader, room, question, act, items, asked and settings, such as: leader.quiet_days >= settings.rest", Type: []string{"string", "boolean"}},
		"pick":    pickSchema(),
		"do":      doSchema(),
		"at_most": atMostSchema(),
	}, "name", "when", "do")
	s.AnyOf = []*schema{with("at_most"), {Properties: map[string]*schema{"when": askedSchema()}}, {Properties: map[string]*schema{"do": silentSchema()}}}
	return s
}

// askedSchema is a trigger with which somebody asked for what follows, so that speaking needs no limit; see asked.
func askedSchema() *schema {
	return either(with("command"), with("action"), both(with("answered"), no(with("or"))))
}

// silentSchema are actions that say nothing; see speaks.
func silentSchema() *schema {
	silent := &schema{Type: "object", Not: either(with("tell"), with("post"), with("digest"))}
	return either(silent, &schema{Type: "array", Items: silent})
}

func whenSchema() *schema {
	keys := triggerSchemas()
	keys["with"] = buttonsSchema()
	keys["with"].Description = "With \"answered\": the choices from which this rule goes on."
	keys["or"] = one("With \"answered\": goes on from no answer, too.", "silence")
	s := object("What the rule waits for: one trigger.", keys)
	for _, trigger := range triggerNames {
		s.OneOf = append(s.OneOf, with(trigger))
	}
	answer := either(with("with"), with("or"))
	s.AllOf = []*schema{either(both(with("answered"), answer), no(either(with("answered"), answer)))}
	return s
}

func triggerSchemas() map[string]*schema {
	return map[string]*schema{
		"schedule":            scheduleSchema(),
		"question_unanswered": unansweredSchema(),
		"question_answered":   object("A question got its first human answer.", inRooms()),
		"question_thanked":    object("Whoever asked says thanks in the thread.", inRooms()),
		"heard":               heardSchema(),
		"act":                 actSchema(),
		"first":               firstSchema(),
		"joined":              object("Somebody entered a room.", inRooms()),
		"answered":            {Description: "What a rule asked \"as:\" this name got an answer.", Type: "string"},
		"command":             {Description: "Somebody gave this command: /gofirst WORD.", Type: "string"},
		"action":              {Description: "Somebody took this action from the menu of a message.", Type: "string"},
	}
}

func inRooms() map[string]*schema {
	return map[string]*schema{"in": like("setting", "The setting that names the rooms.")}
}

func scheduleSchema() *schema {
	keys := inRooms()
	keys["every"] = orSetting(one("How often.", "day", "week", "fortnight", "month"))
	keys["day"] = orSetting(one("On which day; busy is the weekday on which the room is expected to be busy.", append(weekdayNames(), "busy")...))
	keys["at"] = orSetting(timeSchema("At what time, by the room's clock, or the person's."))
	keys["for"] = like("setting", "The setting that names a role: once for each person who has it, instead of once a room.")
	return object("At planned times.", keys, "every", "in")
}

// orSetting is a value, or the setting that gives it.
func orSetting(s *schema) *schema {
	about := s.Description
	s.Description = ""
	return &schema{Description: about + " Or the setting that says so.", AnyOf: []*schema{s, like("setting", "")}}
}

func unansweredSchema() *schema {
	keys := inRooms()
	keys["patience"] = like("setting", "The setting, a choice, that says how patient the room is.")
	return object("A question has hung for longer than the room usually takes.", keys, "in", "patience")
}

func heardSchema() *schema {
	keys := inRooms()
	keys["saying"] = like("setting", "The setting, a text, that names the words.")
	return object("A message has these words in it, a program's too.", keys, "in", "saying")
}

func actSchema() *schema {
	keys := inRooms()
	keys["kind"] = some(one("What somebody did.", Kinds...))
	keys["after"] = like("wait", "How long afterwards.")
	return object("Somebody shared, thanked, adopted, …", keys, "kind")
}

func firstSchema() *schema {
	keys := inRooms()
	keys["of"] = some(one("The first what.", firsts...))
	return object("Somebody did something here for the first time.", keys, "of")
}

func pickSchema() *schema {
	return object("One person of a role, or a few, who have time and have been asked least.", map[string]*schema{
		"from":   like("setting", "The setting that names the role."),
		"likely": one("To do what.", likelies...),
		"not":    some(one("Who is left out.", "author", "asked")),
		"up_to":  {Description: "How many at once.", Type: "integer", Minimum: new(1.0), Maximum: new(float64(mostPicked))},
	}, "from")
}

func atMostSchema() *schema {
	const times = `0*[1-9][0-9]* a (day|week)`
	s := object("How often the rule speaks at most. Whatever speaks without having been asked has such a limit.", map[string]*schema{
		"per_room":   shaped("In one room.", "^"+times+"$", "2 a day", "1 a week"),
		"per_person": shaped("To one person; once is once and never again.", "^("+times+"|once)$", "1 a week", "once"),
	})
	s.MinProperties = 1
	return s
}

// doSchema is an action, or several.
func doSchema() *schema {
	keys := actionSchemas()
	action := object("What is done.", keys)
	action.MinProperties = 1
	return &schema{
		Description: "What the rule does.",
		AnyOf:       []*schema{action, {Type: "array", Items: action, MinItems: 1}},
	}
}

func actionSchemas() map[string]*schema {
	return map[string]*schema{"tell": tellSchema(), "post": postSchema(), "digest": digestSchema(), "mark": markSchema()}
}

func tellSchema() *schema {
	s := object("Speaks to one person in private.", map[string]*schema{
		"whom":     one("To whom: who asked or acted, the person of the schedule's role, who was picked, who was thanked.", "author", "leader", "picked", "receiver"),
		"as":       nameOfAsk(),
		"open_for": like("wait", "How long it waits for an answer. Afterwards that is silence, and never followed up with the silent person."),
		"expires":  like("wait", "How long after its moment it may still be sent; 8 hours where nothing is said."),
		"alive":    one("Held until somebody has written in the room this week.", "room"),
		"practice": one("What kind of share its answer will be; any, where nothing is said.", Practices...),
		"text":     sayAgain(),
		"buttons":  buttonsSchema(),
	}, "whom", "as", "text")
	s.AllOf = []*schema{either(no(with("buttons")), with("open_for"))}
	return s
}

func postSchema() *schema {
	return object("Speaks in the room, or under something in it.", map[string]*schema{
		"under":   one("In the thread of the act or the question; otherwise at the top of the room.", "act", "question"),
		"in":      one("In the room.", "room"),
		"as":      nameOfAsk(),
		"expires": like("wait", "How long after its moment it may still be sent; 8 hours where nothing is said."),
		"text":    sayAgain(),
		"buttons": buttonsSchema(),
	}, "text")
}

func digestSchema() *schema {
	lines := map[string]*schema{}
	for _, part := range DigestParts {
		lines[part] = like("text", "")
	}
	return object("Gives back to a room what happened there.", map[string]*schema{
		"in":      one("In the room.", "room"),
		"as":      nameOfAsk(),
		"of":      like("wait", "How far back it looks."),
		"expires": like("wait", "How long after its moment it may still be sent; 8 hours where nothing is said."),
		"lines":   object("Its lines; one without anything to say is left out.", lines, slices.Clone(DigestParts[:1])...),
		"buttons": buttonsSchema(),
	}, "of", "lines")
}

func markSchema() *schema {
	s := object("Sets the state of the question at hand, or makes the act at hand a declared one.", map[string]*schema{
		"question": one("The state of the question.", "taken", "solved", "left", "open"),
		"act":      one("The act is declared: its author has said that it is one.", "declared"),
	})
	s.OneOf = []*schema{with("question"), with("act")}
	return s
}
