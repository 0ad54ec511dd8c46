-- +goose Up

-- Who gets a room's digest in private as well, because they asked for it.
CREATE TABLE subscriptions (
	person    BIGINT NOT NULL,
	place     BIGINT NOT NULL,
	since_day BIGINT NOT NULL,
	PRIMARY KEY (person, place)
) WITHOUT ROWID;
CREATE INDEX subscriptions_place ON subscriptions (place);
