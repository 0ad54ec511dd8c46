package store

import (
	"fmt"
	"time"
)

const day = int64(24 * time.Hour / time.Microsecond)

// micros is how a time stands in a table.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func fromMicros(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.UnixMicro(n).UTC()
}

// stored is a time as it will be read again.
func stored(t time.Time) time.Time { return fromMicros(micros(t)) }

// dayOf is the day of a time in microseconds, in UTC, also before 1970.
func dayOf(at int64) int64 {
	d := at / day
	if at%day < 0 {
		d--
	}
	return d
}

// moment scans microseconds, or NULL, into a time.
type moment struct{ to *time.Time }

// Scan is called by database/sql.
func (m moment) Scan(v any) error {
	n, err := wholeNumber(v)
	*m.to = fromMicros(n)
	return err
}

// maybe scans a number, or NULL, into an id.
type maybe[T ~int64] struct{ to *T }

// Scan is called by database/sql.
func (m maybe[T]) Scan(v any) error {
	n, err := wholeNumber(v)
	*m.to = T(n)
	return err
}

func into[T ~int64](to *T) maybe[T] { return maybe[T]{to} }

func wholeNumber(v any) (int64, error) {
	switch n := v.(type) {
	case nil:
		return 0, nil
	case int64:
		return n, nil
	}
	return 0, fmt.Errorf("%T where a whole number should be", v)
}

// orNull stores 0 as NULL, for columns of which most are empty.
func orNull[T ~int64](n T) any {
	if n == 0 {
		return nil
	}
	return int64(n)
}

func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
