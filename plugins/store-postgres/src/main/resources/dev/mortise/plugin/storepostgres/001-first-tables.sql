CREATE TABLE flags (
    key            TEXT COLLATE "C" PRIMARY KEY,
    description    TEXT NOT NULL,
    enabled        INTEGER NOT NULL,
    scope          TEXT NOT NULL,
    rollout        INTEGER NOT NULL,
    variants       TEXT NOT NULL,
    cohort         TEXT NOT NULL,
    experiment     TEXT NOT NULL,
    created_second BIGINT  NOT NULL,
    created_nano   INTEGER NOT NULL,
    updated_second BIGINT  NOT NULL,
    updated_nano   INTEGER NOT NULL
)

CREATE TABLE components (
    key            TEXT COLLATE "C" PRIMARY KEY,
    name           TEXT NOT NULL,
    description    TEXT NOT NULL,
    provider       TEXT NOT NULL,
    config         TEXT NOT NULL,
    created_second BIGINT  NOT NULL,
    created_nano   INTEGER NOT NULL,
    updated_second BIGINT  NOT NULL,
    updated_nano   INTEGER NOT NULL
)

CREATE TABLE checks (
    component      TEXT COLLATE "C" PRIMARY KEY,
    state          INTEGER NOT NULL,
    message        TEXT NOT NULL,
    latency_second BIGINT  NOT NULL,
    latency_nano   INTEGER NOT NULL,
    checked_second BIGINT  NOT NULL,
    checked_nano   INTEGER NOT NULL
)
