package slack_test

import "github.com/gofirst/gofirst/adapters/slack/slacktest"

// commandScopes are the scopes of an app that does not read what people write in rooms.
func commandScopes() []string {
	var left []string
	for _, x := range allScopes() {
		if x != "channels:history" && x != "groups:history" {
			left = append(left, x)
		}
	}
	return left
}

// allScopes are those that the workspace knows, by its own table.
func allScopes() []string {
	seen := map[string]bool{"commands": true}
	all := []string{"commands"}
	for _, table := range []map[string][]string{slacktest.Methods(), slacktest.Events()} {
		for _, scopes := range table {
			for _, x := range scopes {
				if !seen[x] {
					seen[x] = true
					all = append(all, x)
				}
			}
		}
	}
	return all
}
