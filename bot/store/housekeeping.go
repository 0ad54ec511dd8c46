package store

import "time"

// How long things are kept. The table of retention in the tests says the same for each table.
const (
	keepDays    = 35 // traces, questions, acts that were only seen, events, journal, settled deliveries, slots
	preciseDays = 14 // after which a message keeps its day and loses its hour
	spentDays   = 7
	helpingDays = 4 * helpingHalfLife
	solvedDays  = 180 // solved threads
)

// Counts is what a housekeeping did, in rows.
type Counts struct {
	Messages   int // deleted
	Rounded    int // messages that lost their hour
	Events     int
	Expired    int // questions deleted that nobody came for
	Questions  int // the others that were deleted
	Acts       int // deleted: they were only seen, and nothing was made after them
	Watches    int
	Emptied    int // deliveries that lost recipient and refs
	Deliveries int // deleted
	Spent      int
	Slots      int
	Journal    int
	Helping    int
	Threads    int // deleted: solved long ago, or waiting for nothing any more
	Passed     int // people of whom a time, now past, was cleared
	Unsealed   int // people whom the bot can no longer address by itself
}

// Housekeeping deletes and empties what has been kept long enough. To be called once a day or so; it costs
// what there is to delete, not what is kept: messages and events are clustered by day, the rest is indexed.
//
// A message loses its hour when its UTC day is more than 14 days past, and goes when its day is more than 35
// days past; so does a question, and an act that was seen and not declared. What remains of a person nobody has heard of is id, lookup and firsts.
func (t *Tx) Housekeeping(now time.Time) (Counts, error) {
	if err := t.flushMessages(); err != nil {
		return Counts{}, err
	}
	var c Counts
	at := micros(now)
	k := keeper{t: t, now: at, today: dayOf(at), old: at - keepDays*day}
	k.messages(&c)
	k.questions(&c)
	k.threads(&c)
	k.acts(&c)
	k.deliveries(&c)
	k.attention(&c)
	k.people(&c)
	t.memory.watches.known, t.memory.deliveries.known = false, false
	return c, k.err
}

// keeper runs the statements of one housekeeping and stops at the first error.
type keeper struct {
	t               *Tx
	now, today, old int64
	err             error
}

func (k *keeper) do(query string, args ...any) (n int) {
	if k.err == nil {
		n, k.err = k.t.exec("housekeeping", query, args...)
	}
	return n
}

func (k *keeper) messages(c *Counts) {
	c.Messages = k.do(`DELETE FROM messages WHERE day < $1`, k.today-keepDays)
	c.Events = k.do(`DELETE FROM events WHERE day < $1`, k.today-keepDays)
	if k.err != nil {
		return
	}
	from, err := k.t.roundedBefore()
	until := k.today - preciseDays
	if k.err = err; err != nil || from >= until {
		return
	}
	c.Rounded = k.do(`UPDATE messages SET at = day * 86400000000 WHERE day >= $1 AND day < $2 AND at % 86400000000 <> 0`,
		from, until)
	k.do(`INSERT INTO meta (name, value) VALUES ('rounded', $1)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`, decimal(until))
	k.t.memory.rounded = until
}

func (k *keeper) questions(c *Counts) {
	c.Expired = k.do(`DELETE FROM questions WHERE state IN ('open', 'taken') AND at < $1`, k.daysAgo(keepDays))
	c.Questions = k.do(`DELETE FROM questions WHERE at < $1`, k.daysAgo(keepDays))
	rounded := k.do(`UPDATE questions SET at = at - at % 86400000000,
		first_reply = first_reply - CASE WHEN first_reply < $1 THEN first_reply % 86400000000 ELSE 0 END,
		answered = answered - CASE WHEN answered < $1 THEN answered % 86400000000 ELSE 0 END,
		closed = closed - CASE WHEN closed < $1 THEN closed % 86400000000 ELSE 0 END
		WHERE at < $1 AND (at % 86400000000 <> 0 OR first_reply < $1 AND first_reply % 86400000000 <> 0
			OR answered < $1 AND answered % 86400000000 <> 0 OR closed < $1 AND closed % 86400000000 <> 0)`, k.daysAgo(preciseDays))
	if c.Expired > 0 || rounded > 0 {
		k.t.memory.open, k.t.memory.openTooMany = nil, false
	}
	c.Watches = k.do(`DELETE FROM watches WHERE not_after IS NOT NULL AND not_after < $1`, k.now)
}

// threads deletes what was solved long ago, what waits without a question that waits, and what nobody agreed to.
func (k *keeper) threads(c *Counts) {
	c.Threads = k.do(`DELETE FROM threads WHERE day < $1`, k.today-solvedDays)
	c.Threads += k.do(`DELETE FROM threads WHERE helped IS NULL AND NOT EXISTS (SELECT 1 FROM questions q
		WHERE q.place = threads.place AND q.message = threads.message AND q.state IN ('open', 'taken'))`)
	c.Threads += k.do(`DELETE FROM threads WHERE ` + unagreed)
}

// daysAgo is when the day began that many days ago, in UTC.
func (k *keeper) daysAgo(n int64) int64 { return (k.today - n) * day }

// acts forgets what was only seen as it forgets messages. One after which something was made keeps its place, and
// nothing else.
func (k *keeper) acts(c *Counts) {
	k.do(`UPDATE acts SET at = at - at % 86400000000 WHERE declared = 0 AND at < $1 AND at % 86400000000 <> 0`, k.daysAgo(preciseDays))
	c.Acts = k.do(`DELETE FROM acts WHERE declared = 0 AND at < $1
		AND NOT EXISTS (SELECT 1 FROM acts later WHERE later.source = acts.id)`, k.daysAgo(keepDays))
	k.do(`UPDATE acts SET author = 0, message = '' WHERE declared = 0 AND at < $1 AND (author <> 0 OR message <> '')`, k.daysAgo(keepDays))
}

func (k *keeper) deliveries(c *Counts) {
	c.Emptied = k.do(`UPDATE deliveries SET recipient = NULL, refs = '', state = CASE
			WHEN state IN ('pending', 'held') THEN 'expired' WHEN state = 'claimed' THEN 'doubtful' ELSE state END,
		settled = CASE WHEN settled = 0 THEN $1 ELSE settled END
		WHERE not_after < $1 AND (recipient IS NOT NULL OR refs <> '')`, k.now)
	k.do(`UPDATE deliveries SET state = 'expired', settled = $1
		WHERE state IN ('pending', 'held') AND not_after < $1`, k.now)
	c.Deliveries = k.do(`DELETE FROM deliveries WHERE settled <> 0 AND settled < $1`, k.old)
}

func (k *keeper) attention(c *Counts) {
	c.Spent = k.do(`DELETE FROM spent WHERE at < $1`, k.now-spentDays*day)
	k.do(`DELETE FROM room_spent WHERE at < $1`, k.now-spentDays*day)
	c.Slots = k.do(`DELETE FROM slots WHERE slot <> 0 AND slot < $1`, k.old)
	c.Journal = k.do(`DELETE FROM journal WHERE at < $1`, k.old)
	c.Helping = k.do(`DELETE FROM helping WHERE last_day < $1 OR NOT EXISTS
		(SELECT 1 FROM roles r WHERE r.person = helping.person AND r.state = 'accepted')`, k.today-helpingDays)
}
