package bot

// stewardCommands are the verbs with which a community's playbooks are looked at, turned on and stopped. Looking is
// everybody's; what changes something checks for itself that a steward asks.
func stewardCommands() []*command {
	return []*command{
		{name: "playbook", aliases: []string{"playbooks", "scénario", "scénarios", "scenario", "scenarios"}, topic: "stewards", run: inSpace((*turn).playbook)},
		{name: "status", aliases: []string{"état", "etat", "statut"}, topic: "stewards", run: forWatchers((*turn).status)},
		{name: "halt", aliases: []string{"halte", "suspendre", "suspends"}, topic: "stewards", run: inSpace((*turn).halt)},
	}
}
