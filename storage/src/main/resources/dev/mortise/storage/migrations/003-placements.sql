-- Where the operator has put a plugin's hooks and services.
CREATE TABLE generation_placements (
    generation  INTEGER NOT NULL,
    plugin      TEXT NOT NULL,
    point       TEXT NOT NULL, -- a ring's name, or "service:" and a contract's key
    priority    INTEGER,       -- null: as the manifest says
    fail_policy TEXT,          -- likewise
    PRIMARY KEY (generation, plugin, point),
    FOREIGN KEY (generation, plugin) REFERENCES generation_plugins (generation, plugin) ON DELETE CASCADE
) STRICT;
