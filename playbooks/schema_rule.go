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
	keys["every"] = one("How often.", "day", "week", "fortnight", "month")
	keys["day"] = one("On which day; busy is the weekday on which the room is expected to be busy.", append(weekdayNames(), "busy")...)
	keys["at"] = timeSchema("At what time, by the room's clock, or the person's.")
	keys["for"] = like("setting", "The setting that names a role: once for each person who has it, instead of once a room.")
	return object("At planned times.", keys, "every", "in")
}

func unansweredSchema() *schema {
	keys := inRooms()
	keys["patience"] = like("setting", "The setting, a choice, that says how patient the room is.")
	return object("A question has hung for longer than the room usually takes.", keys, "in", "patience")
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
	return object("One person of a role, who has time and has been asked least.", map[string]*schema{
		"from":   like("setting", "The setting that names the role."),
		"likely": one("To do what.", likelies...),
		"not":    some(one("Who is left out.", "author", "asked")),
	}, "from")
}

func atMostSchema() *schema {
	rate := func(about string) *schema {
		return shaped(about, `^0*[1-9][0-9]* a (day|week)$`, "2 a day", "1 a week")
	}
	s := object("How often the rule speaks at most. Whatever speaks without having been asked has such a limit.", map[string]*schema{
		"per_room": rate("In one room."), "per_person": rate("To one person."),
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
	return object("Sets the state of the question at hand.", map[string]*schema{
		"question": one("To what.", "taken", "solved", "left", "open"),
	})
}
