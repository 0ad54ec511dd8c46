package store

import (
	"database/sql"
	"fmt"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

// Item is one row that is kept about a person, in readable form.
type Item struct {
	Table  string
	Fields []Field
}

// Field is one column of an Item. Empty columns are left out.
type Field struct{ Name, Value string }

// Export gives everything that is kept about a person, for that person: every row that names them.
func (t *Tx) Export(conn string, user chat.UserID) ([]Item, error) {
	if err := t.flush(); err != nil {
		return nil, err
	}
	items, err := t.items("optouts", `SELECT playbook, since_day FROM optouts WHERE lookup = $1 ORDER BY playbook`,
		t.store.key.Lookup(conn, user))
	p, found, findErr := t.FindPerson(conn, user)
	if err != nil || findErr != nil || !found {
		return items, firstError(err, findErr)
	}
	for _, e := range exported() {
		more, err := t.items(e.table, e.query, int64(p.ID))
		if err != nil {
			return nil, err
		}
		items = append(items, more...)
	}
	threads, err := t.threadItems(t.store.key.Lookup(conn, user))
	if err != nil {
		return nil, err
	}
	items = append(items, threads...)
	received, err := t.received(p.ID)
	for _, a := range received {
		items = append(items, Item{"acts received", readable(
			[]string{"kind", "at_when", "words", "why", "team", "link"},
			[]any{a.Kind, micros(a.At), a.Words, a.Why, a.Team, a.Link})})
	}
	return items, err
}

type exportQuery struct{ table, query string }

// exported names the rows of a person in each table. Columns that end in "_when" are times.
func exported() []exportQuery {
	place := `(SELECT CASE WHEN p.name = '' THEN p.channel ELSE p.name END FROM places p WHERE p.id = x.place) AS place`
	return []exportQuery{
		{"people", `SELECT conn, firsts, newcomer AS newcomer_when, prefs, paused_until AS paused_until_when,
			away_from AS away_from_when, away_until AS away_until_when, not_before AS not_before_when,
			CASE WHEN sealed IS NULL THEN '' ELSE 'kept, encrypted' END AS account FROM people x WHERE id = $1`},
		{"roles", `SELECT space, role, state, since AS since_when FROM roles x WHERE person = $1 ORDER BY space, role`},
		{"messages", `SELECT ` + place + `, message, at AS at_when, flags, thread FROM messages x WHERE author = $1
			ORDER BY at, message`},
		{"questions", `SELECT ` + place + `, message, at AS at_when, state, first_reply AS first_reply_when,
			answered AS answered_when, closed AS closed_when FROM questions x WHERE asker = $1 ORDER BY id`},
		{"questions taken", `SELECT ` + place + `, message, at AS at_when, state FROM questions x WHERE taken_by = $1 ORDER BY id`},
		{"watches", `SELECT playbook, rule, name, ` + place + `, subject, due AS due_when, not_after AS not_after_when, data
			FROM watches x WHERE person = $1 ORDER BY id`},
		{"deliveries", `SELECT playbook, rule, step, text, language, ` + place + `, subject, refs, state, reason,
			created AS created_when, due AS due_when, not_after AS not_after_when, settled AS settled_when
			FROM deliveries x WHERE recipient = $1 ORDER BY created, key`},
		{"spent", `SELECT at AS at_when, playbook, rule, why FROM spent x WHERE person = $1 ORDER BY at`},
		{"helping", `SELECT ` + place + `, answers, last_day FROM helping x WHERE person = $1 ORDER BY place`},
		{"subscriptions", `SELECT ` + place + `, since_day FROM subscriptions x WHERE person = $1 ORDER BY place`},
		{"acts", `SELECT kind, practice, ` + place + `, at AS at_when, words, why, team, audience, message, link, seen,
			declared, undone AS undone_when FROM acts x WHERE author = $1 ORDER BY at, id`},
	}
}

func (t *Tx) items(table, query string, arg any) ([]Item, error) {
	rows, err := t.conn.query(query, arg)
	if err != nil {
		return nil, fmt.Errorf("export %s: %w", table, err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, fmt.Errorf("export %s: %w", table, err)
	}
	var items []Item
	for rows.Next() {
		values, err := scanAll(rows, len(columns))
		if err != nil {
			return nil, fmt.Errorf("export %s: %w", table, err)
		}
		items = append(items, Item{table, readable(columns, values)})
	}
	return items, wrapped("export", rows.Err())
}

func scanAll(rows *sql.Rows, n int) ([]any, error) {
	values, to := make([]any, n), make([]any, n)
	for i := range values {
		to[i] = &values[i]
	}
	return values, rows.Scan(to...)
}

func readable(columns []string, values []any) []Field {
	var fields []Field
	for i, v := range values {
		name, isTime := strings.CutSuffix(columns[i], "_when")
		text := fmt.Sprint(v)
		if n, ok := v.(int64); ok && isTime {
			text = stamp(n)
		}
		if v != nil && text != "" {
			fields = append(fields, Field{name, text})
		}
	}
	return fields
}

// stamp is a time for reading, or nothing.
func stamp(n int64) string {
	if n == 0 {
		return ""
	}
	if n%day == 0 {
		return fromMicros(n).Format("2006-01-02")
	}
	return fromMicros(n).Format("2006-01-02 15:04:05") + " UTC"
}
