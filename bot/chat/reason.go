package chat

// Reason names why the bot spoke, or held its tongue. Every decision has one, silence included; it is
// stored as a word and explained to people in their language. Reasons never name a person.
type Reason string

// Why the bot spoke.
const (
	Sent       Reason = "sent"        // the service took the message
	Asked      Reason = "asked"       // a person asked for it by command or button
	RuleFired  Reason = "rule_fired"  // a rule's trigger came and its condition held
	NoCoin     Reason = "no_coin"     // the rule has no coin: everybody passes
	CoinHeads  Reason = "coin_heads"  // the coin fell on this slot
	NotTracked Reason = "not_tracked" // an answer to a command: nothing is kept of it
)

// Why a rule did not speak.
const (
	ConditionFalse  Reason = "condition_false"  // the rule's "if" did not hold
	NobodyToPick    Reason = "nobody_to_pick"   // nobody accepted the role, or nobody is free
	AlreadySaid     Reason = "already_said"     // this was said before, once is enough
	PlaybookOff     Reason = "playbook_off"     // a steward has not turned it on, or halted it
	PlaybookChanged Reason = "playbook_changed" // its rule or button is no longer there
	TooFewItems     Reason = "too_few_items"    // a digest with next to nothing in it
	NoActiveDay     Reason = "no_active_day"    // the room is not expected to be busy on a day of this week
	NotAQuestion    Reason = "not_a_question"   // no question, or one that seeks no help
	Answered        Reason = "answered"         // a person was there first
	AnswerLikely    Reason = "answer_likely"    // people here usually answer by themselves at this point
	LeftAlone       Reason = "left_alone"       // the asker said so
	NoExample       Reason = "no_example"       // no leader has gone first here
	NoticePeriod    Reason = "notice_period"    // the bot is new in this room
)

// Why attention held or dropped a message.
const (
	NoRole         Reason = "no_role"         // the person has not accepted to be addressed in this way
	Stopped        Reason = "stopped"         // the person wants nothing, or nothing of this kind
	Paused         Reason = "paused"          // the person paused the bot
	Away           Reason = "away"            // the person is on leave
	QuietHours     Reason = "quiet_hours"     // outside the person's, or the room's, hours
	DailyBudget    Reason = "daily_budget"    // one nudge in 24 hours is enough
	WeeklyBudget   Reason = "weekly_budget"   // two nudges in 7 days are enough
	RoomBudget     Reason = "room_budget"     // one unasked post in this room in 24 hours is enough
	RuleBudget     Reason = "rule_budget"     // the rule's own at_most is reached
	RoomSilent     Reason = "room_silent"     // nobody has written in the room this week
	CoinTails      Reason = "coin_tails"      // the coin fell on the other side
	TooLate        Reason = "too_late"        // its moment has passed
	Overtaken      Reason = "overtaken"       // what it was about is settled
	NotWritten     Reason = "not_written"     // it could not be put into words: the log says why
	Doubt          Reason = "doubt"           // it may have been sent: not again
	ServiceRefused Reason = "service_refused" // the service would not take it
	RecipientGone  Reason = "recipient_gone"  // the person or the room is no longer there
	Halted         Reason = "halted"          // a steward stopped the bot
	DryRun         Reason = "dry_run"         // rehearsed, not sent
	Shadow         Reason = "shadow"          // its playbook runs in shadow: decided as if it were on, and not said
)
