-- +goose Up

-- Times are unix microseconds, 0 or NULL for none. Days are days since 1970-01-01.

CREATE TABLE meta (
	name  TEXT PRIMARY KEY,
	value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE places (
	id           INTEGER PRIMARY KEY AUTOINCREMENT,
	conn         TEXT   NOT NULL,
	space        TEXT   NOT NULL,
	channel      TEXT   NOT NULL,
	name         TEXT   NOT NULL DEFAULT '',
	since        BIGINT NOT NULL DEFAULT 0,
	notice_until BIGINT NOT NULL DEFAULT 0,
	last_human   BIGINT NOT NULL DEFAULT 0,
	newest       BIGINT NOT NULL DEFAULT 0, -- time of the newest message seen: what is newer needs no search for a double
	cursor       TEXT   NOT NULL DEFAULT '',
	zone         TEXT   NOT NULL DEFAULT '',
	language     TEXT   NOT NULL DEFAULT '',
	UNIQUE (conn, channel)
);

CREATE TABLE people (
	id           BIGINT PRIMARY KEY, -- random: it says nothing, not even who came first
	conn         TEXT   NOT NULL,
	lookup       BLOB   NOT NULL UNIQUE,
	sealed       BLOB,
	firsts       BIGINT NOT NULL DEFAULT 0,
	newcomer     BIGINT NOT NULL DEFAULT 0,
	prefs        TEXT   NOT NULL DEFAULT '',
	paused_until BIGINT NOT NULL DEFAULT 0,
	away_from    BIGINT NOT NULL DEFAULT 0,
	away_until   BIGINT NOT NULL DEFAULT 0,
	not_before   BIGINT NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX people_sealed ON people (id) WHERE sealed IS NOT NULL;
CREATE INDEX people_passing ON people (id)
	WHERE newcomer <> 0 OR paused_until <> 0 OR away_until <> 0 OR not_before <> 0;

CREATE TABLE optouts (
	lookup    BLOB   NOT NULL,
	playbook  TEXT   NOT NULL, -- '' is everything
	since_day BIGINT NOT NULL,
	PRIMARY KEY (lookup, playbook)
) WITHOUT ROWID;

CREATE TABLE roles (
	conn   TEXT   NOT NULL,
	space  TEXT   NOT NULL,
	person BIGINT NOT NULL,
	role   TEXT   NOT NULL,
	state  TEXT   NOT NULL,
	since  BIGINT NOT NULL,
	PRIMARY KEY (conn, space, role, person)
) WITHOUT ROWID;
CREATE INDEX roles_person ON roles (person);

-- Clustered by day, so that a day is rounded and deleted as one range, and new rows are near each other.
CREATE TABLE messages (
	day     BIGINT NOT NULL, -- of at, in UTC
	place   BIGINT NOT NULL,
	message TEXT   NOT NULL,
	author  BIGINT NOT NULL, -- 0 is nobody known
	at      BIGINT NOT NULL,
	flags   BIGINT NOT NULL,
	thread  TEXT   NOT NULL,
	PRIMARY KEY (day, place, message)
) WITHOUT ROWID;

CREATE TABLE events (
	day  BIGINT NOT NULL,
	conn TEXT   NOT NULL,
	key  BLOB   NOT NULL,
	at   BIGINT NOT NULL,
	PRIMARY KEY (day, conn, key)
) WITHOUT ROWID;

CREATE TABLE questions (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	place       BIGINT NOT NULL,
	message     TEXT   NOT NULL,
	asker       BIGINT NOT NULL,
	at          BIGINT NOT NULL,
	explicit    BIGINT NOT NULL,
	state       TEXT   NOT NULL,
	first_reply BIGINT NOT NULL DEFAULT 0,
	answered    BIGINT NOT NULL DEFAULT 0,
	taken_by    BIGINT,
	closed      BIGINT NOT NULL DEFAULT 0,
	UNIQUE (place, message)
);
CREATE INDEX questions_state ON questions (state, at);
CREATE INDEX questions_place ON questions (place, at);
CREATE INDEX questions_closed ON questions (closed) WHERE closed <> 0;

CREATE TABLE watches (
	id        INTEGER PRIMARY KEY AUTOINCREMENT,
	conn      TEXT   NOT NULL,
	space     TEXT   NOT NULL,
	playbook  TEXT   NOT NULL,
	hash      TEXT   NOT NULL,
	rule      TEXT   NOT NULL,
	name      TEXT   NOT NULL,
	place     BIGINT NOT NULL,
	subject   TEXT   NOT NULL,
	person    BIGINT,
	due       BIGINT,
	not_after BIGINT,
	data      TEXT   NOT NULL DEFAULT ''
);
CREATE INDEX watches_due ON watches (due, id) WHERE due IS NOT NULL;
CREATE INDEX watches_subject ON watches (subject);
CREATE INDEX watches_person ON watches (person) WHERE person IS NOT NULL;
CREATE INDEX watches_not_after ON watches (not_after) WHERE not_after IS NOT NULL;

CREATE TABLE deliveries (
	key         TEXT   PRIMARY KEY,
	conn        TEXT   NOT NULL,
	space       TEXT   NOT NULL,
	playbook    TEXT   NOT NULL,
	hash        TEXT   NOT NULL,
	rule        TEXT   NOT NULL,
	step        TEXT   NOT NULL,
	text        TEXT   NOT NULL, -- the name of a text, never the text
	language    TEXT   NOT NULL,
	recipient   BIGINT,
	place       BIGINT NOT NULL,
	thread      TEXT   NOT NULL,
	subject     TEXT   NOT NULL,
	refs        TEXT   NOT NULL,
	watch       BIGINT,
	nudge       BIGINT NOT NULL,
	state       TEXT   NOT NULL,
	due         BIGINT,
	not_after   BIGINT NOT NULL,
	created     BIGINT NOT NULL,
	lease_until BIGINT NOT NULL DEFAULT 0,
	tries       BIGINT NOT NULL DEFAULT 0,
	message     TEXT,
	reason      TEXT   NOT NULL DEFAULT '',
	settled     BIGINT NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX deliveries_due ON deliveries (state, due, key);
CREATE INDEX deliveries_subject ON deliveries (subject);
CREATE INDEX deliveries_recipient ON deliveries (recipient) WHERE recipient IS NOT NULL;
CREATE INDEX deliveries_telling ON deliveries (not_after) WHERE recipient IS NOT NULL OR refs <> '';
CREATE INDEX deliveries_settled ON deliveries (settled) WHERE settled <> 0;

CREATE TABLE spent (
	person   BIGINT NOT NULL,
	at       BIGINT NOT NULL,
	playbook TEXT   NOT NULL,
	rule     TEXT   NOT NULL,
	why      TEXT   NOT NULL
);
CREATE INDEX spent_person ON spent (person, at);

CREATE TABLE room_spent (
	place BIGINT NOT NULL,
	at    BIGINT NOT NULL,
	rule  TEXT   NOT NULL
);
CREATE INDEX room_spent_place ON room_spent (place, at);

CREATE TABLE slots (
	conn     TEXT   NOT NULL,
	space    TEXT   NOT NULL,
	playbook TEXT   NOT NULL,
	rule     TEXT   NOT NULL,
	subject  TEXT   NOT NULL,
	slot     BIGINT NOT NULL, -- 0 is once and for all
	PRIMARY KEY (conn, space, playbook, rule, subject, slot)
) WITHOUT ROWID;
CREATE INDEX slots_slot ON slots (slot);

CREATE TABLE journal (
	id       INTEGER PRIMARY KEY,
	at       BIGINT NOT NULL,
	conn     TEXT   NOT NULL,
	space    TEXT   NOT NULL,
	playbook TEXT   NOT NULL,
	rule     TEXT   NOT NULL,
	subject  TEXT   NOT NULL,
	reason   TEXT   NOT NULL,
	data     TEXT   NOT NULL DEFAULT ''
);
CREATE INDEX journal_subject ON journal (subject);
CREATE INDEX journal_at ON journal (at);

CREATE TABLE acts (
	id        INTEGER PRIMARY KEY AUTOINCREMENT,
	conn      TEXT   NOT NULL,
	space     TEXT   NOT NULL,
	place     BIGINT NOT NULL,
	kind      TEXT   NOT NULL,
	practice  TEXT   NOT NULL,
	author    BIGINT NOT NULL,
	receivers TEXT   NOT NULL, -- JSON array of people
	team      TEXT   NOT NULL,
	audience  TEXT   NOT NULL,
	words     TEXT   NOT NULL, -- given to the bot for this purpose
	why       TEXT   NOT NULL, -- likewise
	message   TEXT   NOT NULL,
	link      TEXT   NOT NULL,
	source    BIGINT,
	seen      BIGINT NOT NULL,
	declared  BIGINT NOT NULL,
	at        BIGINT NOT NULL,
	undone    BIGINT
);
CREATE INDEX acts_space ON acts (conn, space, at);
CREATE INDEX acts_author ON acts (author, at);
CREATE INDEX acts_message ON acts (place, message);
CREATE INDEX acts_source ON acts (source) WHERE source IS NOT NULL;

-- Only of people who said that they may be asked.
CREATE TABLE helping (
	person   BIGINT NOT NULL,
	place    BIGINT NOT NULL,
	answers  DOUBLE PRECISION NOT NULL,
	last_day BIGINT NOT NULL,
	PRIMARY KEY (person, place)
) WITHOUT ROWID;
CREATE INDEX helping_place ON helping (place);

CREATE TABLE instances (
	conn     TEXT   NOT NULL,
	space    TEXT   NOT NULL,
	playbook TEXT   NOT NULL,
	enabled  BIGINT NOT NULL,
	settings TEXT   NOT NULL,
	hash     TEXT   NOT NULL,
	since    BIGINT NOT NULL,
	PRIMARY KEY (conn, space, playbook)
) WITHOUT ROWID;

CREATE TABLE settings (
	conn  TEXT NOT NULL,
	space TEXT NOT NULL,
	name  TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (conn, space, name)
) WITHOUT ROWID;

CREATE TABLE room_days (
	place BIGINT NOT NULL,
	day   BIGINT NOT NULL, -- in the room's zone
	posts BIGINT NOT NULL,
	PRIMARY KEY (place, day)
) WITHOUT ROWID;

CREATE TABLE chain (
	id   INTEGER PRIMARY KEY AUTOINCREMENT,
	at   BIGINT NOT NULL,
	kind TEXT   NOT NULL,
	data TEXT   NOT NULL,
	prev BLOB   NOT NULL,
	hash BLOB   NOT NULL
);
