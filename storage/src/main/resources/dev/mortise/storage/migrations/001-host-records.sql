-- Times are ISO 8601 in UTC, digests "sha256:" and 64 hexadecimal digits.

CREATE TABLE generations (
    number  INTEGER PRIMARY KEY,
    at      TEXT NOT NULL,
    actor   TEXT NOT NULL,
    via     TEXT NOT NULL,
    action  TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail  TEXT NOT NULL
) STRICT;

CREATE TABLE generation_plugins (
    generation      INTEGER NOT NULL REFERENCES generations (number) ON DELETE CASCADE,
    plugin          TEXT NOT NULL,
    version         TEXT NOT NULL,
    digest          TEXT NOT NULL,
    enabled         INTEGER NOT NULL,
    config          TEXT NOT NULL, -- a JSON object
    source_kind     TEXT NOT NULL,
    source_location TEXT NOT NULL,
    PRIMARY KEY (generation, plugin)
) STRICT;

-- The files themselves are in artifacts/.
CREATE TABLE artifacts (
    digest    TEXT PRIMARY KEY,
    bytes     INTEGER NOT NULL,
    stored_at TEXT NOT NULL
) STRICT;

CREATE TABLE failures (
    plugin  TEXT PRIMARY KEY,
    version TEXT NOT NULL,
    at      TEXT NOT NULL,
    code    TEXT NOT NULL,
    message TEXT NOT NULL
) STRICT;

CREATE TABLE audit (
    number  INTEGER PRIMARY KEY AUTOINCREMENT,
    at      TEXT NOT NULL,
    actor   TEXT NOT NULL,
    via     TEXT NOT NULL,
    action  TEXT NOT NULL,
    subject TEXT NOT NULL,
    outcome TEXT NOT NULL,
    detail  TEXT NOT NULL
) STRICT;

CREATE TABLE tokens (
    name       TEXT PRIMARY KEY,
    role       TEXT NOT NULL,
    hash       TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL
) STRICT;
