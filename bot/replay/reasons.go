package replay

import "github.com/gofirst/gofirst/bot/chat"

// silentBecause says for each reason, to a reader who knows nothing of the bot, why it held its tongue. Each stands
// beside a count, so it speaks of one message.
var silentBecause = map[chat.Reason]string{
	chat.ConditionFalse:  "the rule's own condition did not hold",
	chat.NobodyToPick:    "nobody who likes to be asked was free",
	chat.AlreadySaid:     "it had been said before, and once is enough",
	chat.PlaybookOff:     "the playbook was not turned on there",
	chat.PlaybookChanged: "the playbook had changed in the meantime",
	chat.TooFewItems:     "there was next to nothing to tell",
	chat.NoActiveDay:     "the room was not expected to be busy on any day of that week",
	chat.NotAQuestion:    "it was no question, or one that seeks no help",
	chat.Answered:        "a person was there first",
	chat.AnswerLikely:    "people there usually answer by themselves at that point",
	chat.LeftAlone:       "whoever asked wanted the question left alone",
	chat.NoExample:       "no leader had gone first there",
	chat.NoticePeriod:    "the bot was new in the room and waited before its first word",

	chat.NoRole:         "the person had not agreed to be asked such things",
	chat.Stopped:        "the person wanted no such messages",
	chat.Paused:         "the person had paused the bot",
	chat.Away:           "the person was on leave",
	chat.QuietHours:     "it was outside the hours in which this person, or this room, is spoken to",
	chat.DailyBudget:    "the person had already heard from the bot within a day",
	chat.WeeklyBudget:   "the person had already heard from the bot twice within a week",
	chat.RoomBudget:     "the bot had already posted in that room within a day",
	chat.RuleBudget:     "the playbook's own limit for that room or person was reached",
	chat.RoomSilent:     "nobody had written in the room that week",
	chat.CoinTails:      "a coin decided against it, so that what the bot does can be compared with what it leaves",
	chat.TooLate:        "its moment had passed",
	chat.Overtaken:      "what it was about was settled before it was said",
	chat.NotWritten:     "it could not be put into words",
	chat.Doubt:          "it might have been sent already, and twice is worse than never",
	chat.ServiceRefused: "the chat service would not take it",
	chat.RecipientGone:  "the person or the room was no longer there",
	chat.Halted:         "somebody responsible had stopped the bot",
	chat.DryRun:         "it was only rehearsed",
	chat.Shadow:         "its playbook ran in shadow, so it was not said",
}

// whySilent says a reason in words; one that has none stands for itself.
func whySilent(reason string) string {
	if words, ok := silentBecause[chat.Reason(reason)]; ok {
		return words
	}
	return reason
}
