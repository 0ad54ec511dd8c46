package slacktest

import (
	"slices"
	"strings"
)

// Words is what Slack makes of mrkdwn.
type Words struct {
	Text  string
	Pings []string
	Links []string // where words lead that do not show the address
}

// Parse reads mrkdwn as https://docs.slack.dev/messaging/formatting-message-text describes it: "<" begins a mention,
// a command or a link, and ends with ">"; "&amp;", "&lt;" and "&gt;" are the only entities. linkNames and full are the
// arguments link_names and parse=full of chat.postMessage.
func (s *Server) Parse(text string, linkNames, full bool) Words {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.parse(text, linkNames, full)
}

func (s *Server) parse(text string, linkNames, full bool) (w Words) {
	var b strings.Builder
	for text != "" {
		open := strings.IndexByte(text, '<')
		if open < 0 {
			b.WriteString(s.literal(text, linkNames || full, &w))
			break
		}
		b.WriteString(s.literal(text[:open], linkNames || full, &w))
		text = text[open:]
		end := strings.IndexByte(text, '>')
		if end < 0 {
			b.WriteString(text)
			break
		}
		b.WriteString(s.reference(text[1:end], &w))
		text = text[end+1:]
	}
	w.Text = b.String()
	return w
}

// literal is what stands between references. Where names are linked, "@name" notifies as if it were one.
func (s *Server) literal(text string, names bool, w *Words) string {
	if names {
		for _, m := range mentioned.FindAllStringSubmatch(text, -1) {
			w.Pings = append(w.Pings, m[1])
		}
	}
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(text)
}

func (s *Server) reference(inner string, w *Words) string {
	target, label, _ := strings.Cut(inner, "|")
	switch {
	case strings.HasPrefix(target, "@"):
		w.Pings = append(w.Pings, target[1:])
		return "@" + s.nameOf(target[1:])
	case strings.HasPrefix(target, "#"):
		return "#" + s.roomName(target[1:])
	case strings.HasPrefix(target, "!date^"):
		return label
	case strings.HasPrefix(target, "!"):
		name := strings.TrimPrefix(target[1:], "subteam^")
		w.Pings = append(w.Pings, name)
		return "@" + name
	}
	shown := s.literal(label, false, w)
	address := s.literal(target, false, w)
	if shown == "" || shown == address {
		return address
	}
	if !slices.Contains(w.Links, address) {
		w.Links = append(w.Links, address)
	}
	return shown
}
