-- What can be made again from the rest, and takes time to make.
CREATE TABLE derived (
    key     TEXT NOT NULL UNIQUE,
    content BLOB NOT NULL
) STRICT;
