package bot

import "github.com/gofirst/gofirst/bot/chat"

// showHome shows a person their own page.
func (t *turn) showHome(ev chat.HomeOpened) error { return nil }
