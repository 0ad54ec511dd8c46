package store

import (
	"database/sql"
	"errors"
	"fmt"
)

// Tx is one turn, or one view. It is used by one goroutine, and only until the function that got it returns.
type Tx struct {
	store  *Store
	conn   *conn
	memory *memory // a view's own where it has a connection of its own
	writes bool
	shares bool // the transaction with earlier turns: undone to a savepoint, not as a whole
	saved  bool // the savepoint is set
}

// mayWrite comes before every statement that writes. A turn that only queues rows needs no savepoint.
func (t *Tx) mayWrite(op string) error {
	if !t.writes {
		return wrapped(op, errView())
	}
	if !t.shares || t.saved {
		return nil
	}
	t.saved = true
	_, err := t.conn.exec("SAVEPOINT turn")
	return wrapped(op, err)
}

// exec runs a statement that writes and says how many rows it changed.
func (t *Tx) exec(op, query string, args ...any) (int, error) {
	if err := t.mayWrite(op); err != nil {
		return 0, err
	}
	if err := t.settle(query); err != nil {
		return 0, err
	}
	result, err := t.conn.exec(query, args...)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", op, err)
	}
	n, err := result.RowsAffected()
	return int(n), err
}

// addNew inserts a row unless one with its key is there, and says whether it did.
func (t *Tx) addNew(op, table, values string, args ...any) (bool, error) {
	d := t.store.dialect
	n, err := t.exec(op, d.addNew+table+" VALUES "+values+d.addNewEnd, args...)
	return n > 0, err
}

// insert runs an INSERT … RETURNING id. found is false where a conflict left no row to return.
func (t *Tx) insert(op, query string, args ...any) (id int64, found bool, err error) {
	if err := t.mayWrite(op); err != nil {
		return 0, false, err
	}
	return first(t, op, oneNumber, query, args...)
}

// scanner is one row of a result.
type scanner interface{ Scan(to ...any) error }

// list collects all rows of a query. It is never nil-checked: no rows are no elements.
func list[T any](t *Tx, op string, scan func(scanner) (T, error), query string, args ...any) ([]T, error) {
	if err := t.settle(query); err != nil {
		return nil, err
	}
	rows, err := t.conn.query(query, args...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", op, err)
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", op, err)
		}
		all = append(all, one)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", op, err)
	}
	return all, nil
}

// first is the first row of a query, if there is one.
func first[T any](t *Tx, op string, scan func(scanner) (T, error), query string, args ...any) (T, bool, error) {
	var none T
	if err := t.settle(query); err != nil {
		return none, false, err
	}
	rows, err := t.conn.query(query, args...)
	if err != nil {
		return none, false, fmt.Errorf("%s: %w", op, err)
	}
	defer rows.Close()
	if !rows.Next() {
		return none, false, wrapped(op, rows.Err())
	}
	one, err := scan(rows)
	if err != nil {
		return none, false, fmt.Errorf("%s: %w", op, err)
	}
	return one, true, closeRows(op, rows)
}

func closeRows(op string, rows *sql.Rows) error { return wrapped(op, rows.Close()) }

func wrapped(op string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", op, err)
}

func errView() error { return errors.New("a view does not write") }

func oneText(r scanner) (s string, err error) {
	err = r.Scan(&s)
	return s, err
}

func oneNumber(r scanner) (n int64, err error) {
	err = r.Scan(&n)
	return n, err
}
