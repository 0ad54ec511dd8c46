package discord

import "strings"

// shortNames gives the short names of the emojis that mean something to playbooks. The rest are their own names.
func shortNames() map[string]string {
	return map[string]string{
		"👀": "eyes", "✅": "white_check_mark", "☑️": "ballot_box_with_check", "✔️": "heavy_check_mark", "👍": "+1", "👎": "-1", "❤️": "heart",
		"🙌": "raised_hands", "🙏": "pray", "👏": "clap", "🎉": "tada", "🙋": "raising_hand", "✋": "raised_hand", "💡": "bulb", "⭐": "star",
		"🌟": "star2", "🔥": "fire", "💯": "100", "😄": "smile", "😂": "joy", "🤔": "thinking_face", "❓": "question", "❗": "exclamation",
		"⏳": "hourglass_flowing_sand", "🔁": "repeat", "➕": "heavy_plus_sign", "❌": "x", "🚀": "rocket", "👋": "wave", "💪": "muscle",
		"🤝": "handshake", "📌": "pushpin", "🌱": "seedling", "🧵": "thread", "🔕": "no_bell", "🛟": "ring_buoy", "📝": "memo",
	}
}

// plain leaves out what only changes an emoji's looks: skin tone and the choice between text and picture.
func plain(emoji string) string {
	return strings.Map(func(r rune) rune {
		if r >= 0x1F3FB && r <= 0x1F3FF || r == 0xFE0F || r == 0xFE0E {
			return -1
		}
		return r
	}, emoji)
}

// emojiName gives the name by which the bot knows an emoji.
func emojiName(emoji string) string {
	for shown, name := range shortNames() {
		if plain(shown) == plain(emoji) {
			return name
		}
	}
	return plain(emoji)
}

// emojiShown gives what the service calls an emoji.
func emojiShown(name string) string {
	for shown, short := range shortNames() {
		if short == name {
			return shown
		}
	}
	return name
}
