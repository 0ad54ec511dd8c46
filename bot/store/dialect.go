package store

import (
	"net/url"
	"strings"

	"github.com/pressly/goose/v3"
)

// dialect is all that differs between one SQL database and another. Everything else is the same text, with
// placeholders $1, $2, … for both.
type dialect struct {
	driver     string
	goose      goose.Dialect
	migrations string // the folder: id columns and table options differ
	begin      string // of a transaction that is going to write
	addNew     string // inserts, or leaves a row that is there: what stands before the table…
	addNewEnd  string // …and after the values
	skipLocked string // lets replicas claim different rows
	// placeholder of long lists: SQLite looks names like $448 up one after the other.
	placeholder func(n int) string
}

// sqlite keeps everything in one file with one owner.
//
// "OR IGNORE" rather than "ON CONFLICT DO NOTHING": with the latter SQLite journals each statement of more
// than one row, because a NOT NULL could still end it halfway; that made 64 rows dearer than 64 statements.
func sqlite() dialect {
	return dialect{
		driver:      "sqlite",
		goose:       goose.DialectSQLite3,
		migrations:  "migrations/sqlite",
		begin:       "BEGIN IMMEDIATE",
		addNew:      "INSERT OR IGNORE INTO ",
		placeholder: func(int) string { return "?" },
	}
}

const inMemory = ":memory:"

// sqliteSource names a database for the driver. synchronous=FULL because a nil error means stored;
// secure_delete because forgotten means gone; temp_store because no copy may lie about in /tmp.
func sqliteSource(path string, more ...string) string {
	pragmas := append([]string{
		"busy_timeout(10000)", "foreign_keys(OFF)", "secure_delete(ON)", "temp_store(MEMORY)",
	}, more...)
	if path != inMemory {
		path = (&url.URL{Path: path}).EscapedPath()
	}
	return "file:" + path + "?_pragma=" + strings.Join(pragmas, "&_pragma=")
}
