// Package bot is the engine: it takes the events of any chat and the times that fall due, decides with the
// playbooks what to say, asks attention whether this is the moment, and delivers once.
//
//	event ─▶ Take ─▶ turn ─▶ playbooks.Decide ─▶ watches, acts, deliveries      one transaction
//	time  ─▶ Due  ─▶ slots, watches ─▶ Decide ─▶ …; deliveries ─▶ attention ─▶ send ─▶ settle
//
// The same code runs live, in a test and over years of history: whoever drives it says what time it is. How the
// bot holds its tongue stands in attention.go; where a rule's answer is found, in playbooks/decide.go.
//
// It never keeps what people write, except words given to it for that purpose; it never imports an adapter; and
// it never decides on a name of a playbook or of a service.
package bot
