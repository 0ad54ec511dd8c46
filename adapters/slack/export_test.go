package slack

import "time"

// TakeForLost sets after how much silence a connection is taken for lost.
func (a *Adapter) TakeForLost(after time.Duration) { a.silence = after }
