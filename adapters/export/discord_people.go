package export

import "github.com/gofirst/gofirst/bot/chat"

// readPeople reads all files once for their authors: these files hold no list of people. It is done when
// somebody is first looked up, because most readings never ask. A file that breaks gives what it has.
func (d *discord) readPeople() {
	for i := range d.files {
		f := &d.files[i]
		in, err := openMessages(f.file)
		if err != nil {
			continue
		}
		d.authors(f.channel, in)
		in.close()
	}
}

// authors takes who wrote in a file; they are all that is known of a channel's members.
func (d *discord) authors(channel chat.ChannelID, in *messages) {
	here := map[chat.UserID]bool{}
	for _, u := range d.dir.members[channel] {
		here[u] = true
	}
	for in.dec.More() {
		var m struct {
			Author discordUser `json:"author"`
		}
		in.budget.left = maxDayFile
		if err := in.dec.Decode(&m); err != nil {
			return
		}
		user := chat.UserID(m.Author.ID)
		if user == "" || here[user] {
			continue
		}
		here[user] = true
		d.dir.members[channel] = append(d.dir.members[channel], user)
		d.dir.addPerson(chat.Profile{
			User: user, Name: firstOf(m.Author.Nickname, m.Author.Name), Handle: m.Author.Name, Bot: m.Author.Bot,
		})
	}
}
