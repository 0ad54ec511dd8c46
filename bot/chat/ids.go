package chat

// The identifiers below are opaque: only the adapter that made one looks inside. They are compared,
// stored and handed back, never parsed. An empty identifier means "none".
type (
	// SpaceID names a Slack team, a Discord guild, a Mattermost team.
	SpaceID string
	// ChannelID names a room or a direct conversation; unique within one connection.
	ChannelID string
	// UserID names an account on one service. The same human on two services has two.
	UserID string
	// GroupID names a set of people that the service keeps (a user group, a guild role).
	GroupID string
	// MessageID names a message within its channel.
	MessageID string
	// EventID names one happening. It is the same each time the service tells it again.
	EventID string
	// Cursor says how far a channel has been read. Only the adapter that made it can continue from it.
	Cursor string
	// ReplyHandle answers one command, press or form. It lives in memory and dies with the process.
	ReplyHandle string
)

// Place is where something happens: a channel of a space, and the thread inside it, if any.
type Place struct {
	Space   SpaceID
	Channel ChannelID
	Thread  MessageID // the root message of the thread; empty at the top level of the channel
	Direct  bool      // a conversation between one person and the bot
}

// Actor is the account behind an event.
type Actor struct {
	User UserID
	Bot  bool // any program, ours included: never counted as a person's contribution
	Self bool // this bot itself
}

// Human reports whether a person, and not a program, acted.
func (a Actor) Human() bool { return a.User != "" && !a.Bot && !a.Self }
