package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gofirst/gofirst/playbooks"
)

// rules are the names of those that are told of; nil stands for all.
type rules []string

func (r rules) has(name string) bool { return r == nil || slices.Contains(r, name) }

// in reports whether a playbook has one of them.
func (r rules) in(p *playbooks.Playbook) bool {
	return slices.ContainsFunc(p.Rules, func(one *playbooks.Rule) bool { return r.has(one.Name) })
}

// rulesMeant finds the rule of this name, else those that have these words in their names.
func rulesMeant(name string, books []*playbooks.Playbook) (meant rules, err error) {
	if name == "" {
		return nil, nil
	}
	var known []string
	for _, p := range books {
		for _, r := range p.Rules {
			known = append(known, r.Name)
			if strings.Contains(strings.ToLower(r.Name), strings.ToLower(name)) {
				meant = append(meant, r.Name)
			}
		}
	}
	switch near := playbooks.Nearest(name, known); {
	case slices.Contains(meant, name):
		return rules{name}, nil
	case meant != nil:
		return meant, nil
	case near != "":
		return nil, fmt.Errorf("--rule: there is no rule %q; did you mean %q?", name, near)
	}
	return nil, fmt.Errorf("--rule: there is no rule %q%s", name, listed("there are ", known))
}
