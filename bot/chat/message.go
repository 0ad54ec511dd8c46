package chat

// Node is a piece of a message. The set is closed. Nobody's words are ever markup: an adapter escapes
// what Text holds, so a text can neither ping, nor forge a link, nor break out of its place.
type Node interface{ node() }

type (
	// Text is words; a line break in it is kept.
	Text string
	// Bold shows its nodes in bold.
	Bold []Node
	// Italic shows its nodes in italics.
	Italic []Node
	// Code is shown as it is, in one line.
	Code string
	// Quote sets its nodes apart as somebody's words.
	Quote []Node
	// List is one item a line.
	List [][]Node
	// Link shows Label, or the address where Label is empty.
	Link struct{ URL, Label string }
	// PostLink is a link to a message of the same service; the adapter knows its address.
	// Where it does not, Label (or "a message") stands alone.
	PostLink struct {
		Channel ChannelID
		Message MessageID
		Label   string
	}
	// Mention names a person and, in a private message or where Ping is set, notifies them.
	Mention struct {
		User UserID
		Ping bool
	}
	// Room names a channel.
	Room struct{ Channel ChannelID }
)

func (Text) node()     {}
func (Bold) node()     {}
func (Italic) node()   {}
func (Code) node()     {}
func (Quote) node()    {}
func (List) node()     {}
func (Link) node()     {}
func (PostLink) node() {}
func (Mention) node()  {}
func (Room) node()     {}

// Button offers one choice. Value is opaque to the adapter and comes back in ButtonPressed.
type Button struct {
	Label string
	Value string
}

// Picture is a PNG. Alt says in words what it shows; it is never empty.
type Picture struct {
	PNG []byte
	Alt string
}

// To says where a message goes: exactly one of a channel (with or without a thread), a person, a reply handle.
// Where Info.Whispers holds, a channel and a person, in private, mean: inside the channel, to that person alone.
type To struct {
	Space   SpaceID
	Channel ChannelID
	Thread  MessageID
	Person  UserID
	Reply   ReplyHandle
}

// Message is what the bot says.
type Message struct {
	To      To
	Private bool // only the addressed person may see it; refused by an adapter that cannot promise that
	Body    []Node
	Buttons []Button
	Picture *Picture
}

// Form asks a person for words. Fields are shown in order.
type Form struct {
	Title  string
	Submit string
	State  string // opaque; comes back in FormSubmitted
	Fields []Field
}

// Field is one question of a form.
type Field struct {
	Name     string // [a-z]+; the key in FormSubmitted.Values
	Label    string
	Hint     string
	Value    string // what stands there already
	Long     bool
	Optional bool
	Choices  []Choice // where set, one of these is chosen
	Max      int      // characters; 0 means the service's own limit
}

// Choice is one answer of a Field.
type Choice struct{ Value, Label string }
