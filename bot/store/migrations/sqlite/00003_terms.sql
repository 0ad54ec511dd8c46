-- +goose Up

-- Questions as they can be compared with others: of those that wait, and of those that somebody answered who agreed to
-- be found by their answers. No words and no person: terms are 64 bits each of a keyed hash, in the order of the hashes;
-- whose question and whose answer it was is a mark that fits this row and no other.
CREATE TABLE threads (
	place   BIGINT NOT NULL,
	message TEXT   NOT NULL,
	day     BIGINT NOT NULL, -- of the question, in UTC
	terms   BLOB   NOT NULL,
	asked   BLOB   NOT NULL,
	helped  BLOB,            -- NULL while the question waits
	PRIMARY KEY (place, message)
) WITHOUT ROWID;
CREATE INDEX threads_day ON threads (day);
