package store

import (
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Dump writes every row of every table, one a line, tables and rows in a fixed order, so that two databases
// can be compared as text. With plain, what is random is replaced: people are named p1, p2, … in the order of
// their lookups, which the key alone decides, and sealed accounts are told as such.
func (s *Store) Dump(ctx context.Context, w io.Writer, plain bool) error {
	return s.View(ctx, func(t *Tx) error {
		names, err := t.plainNames(plain)
		if err != nil {
			return err
		}
		for _, table := range dumped() {
			if err := t.dumpTable(w, table, names); err != nil {
				return fmt.Errorf("dump %s: %w", table, err)
			}
		}
		return nil
	})
}

func dumped() []string {
	return []string{"meta", "places", "people", "optouts", "roles", "messages", "events", "questions", "watches",
		"deliveries", "subscriptions", "spent", "room_spent", "slots", "journal", "acts", "helping", "threads", "instances", "settings",
		"room_days", "chain"}
}

// plainNames replaces what is random; nil replaces nothing.
func (t *Tx) plainNames(plain bool) (*strings.Replacer, error) {
	if !plain {
		return nil, nil
	}
	ids, err := list(t, "people", oneNumber, `SELECT id FROM people ORDER BY lookup`)
	var pairs []string
	for i, id := range ids {
		pairs = append(pairs, decimal(id), fmt.Sprintf("p%d", i+1))
	}
	return strings.NewReplacer(pairs...), err
}

func (t *Tx) dumpTable(w io.Writer, table string, names *strings.Replacer) error {
	rows, err := t.conn.query("SELECT * FROM " + table)
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	var lines []string
	for rows.Next() {
		values, err := scanAll(rows, len(columns))
		if err != nil {
			return err
		}
		lines = append(lines, dumpLine(table, columns, values, names))
	}
	slices.Sort(lines)
	_, err = io.WriteString(w, strings.Join(lines, ""))
	return firstError(rows.Err(), err)
}

func dumpLine(table string, columns []string, values []any, names *strings.Replacer) string {
	var b strings.Builder
	b.WriteString(table)
	for i, v := range values {
		fmt.Fprintf(&b, " %s=%s", columns[i], dumpValue(table, columns[i], v, names))
	}
	return b.String() + "\n"
}

func dumpValue(table, column string, v any, names *strings.Replacer) string {
	text := fmt.Sprint(v)
	switch v := v.(type) {
	case nil:
		return "-"
	case []byte:
		if text = hex.EncodeToString(v); names != nil && table == "people" && column == "sealed" {
			text = "sealed"
		}
		return text
	case string:
		text = strconv.Quote(v)
	}
	if names != nil {
		text = names.Replace(text)
	}
	return text
}
