CREATE TABLE plugin_state (
    plugin  TEXT NOT NULL,
    key     TEXT NOT NULL,
    ends_at INTEGER,       -- milliseconds of the epoch; null for never
    value   TEXT NOT NULL, -- last, so that the others are read without it
    PRIMARY KEY (plugin, key)
) STRICT;

CREATE INDEX plugin_state_by_end ON plugin_state (ends_at) WHERE ends_at IS NOT NULL;

-- How much each plugin keeps, so that its quota can be checked without counting. Triggers keep it right whatever
-- statement changes the state.
CREATE TABLE plugin_state_usage (
    plugin TEXT PRIMARY KEY,
    keys   INTEGER NOT NULL,
    bytes  INTEGER NOT NULL
) STRICT;

CREATE TRIGGER plugin_state_added AFTER INSERT ON plugin_state
BEGIN
    INSERT INTO plugin_state_usage (plugin, keys, bytes)
    VALUES (new.plugin, 1, octet_length(new.key) + octet_length(new.value))
    ON CONFLICT (plugin) DO UPDATE SET keys = keys + 1, bytes = bytes + excluded.bytes;
END;

CREATE TRIGGER plugin_state_changed AFTER UPDATE OF value ON plugin_state
BEGIN
    UPDATE plugin_state_usage
    SET bytes = bytes + octet_length(new.value) - octet_length(old.value)
    WHERE plugin = new.plugin;
END;

CREATE TRIGGER plugin_state_removed AFTER DELETE ON plugin_state
BEGIN
    UPDATE plugin_state_usage
    SET keys = keys - 1, bytes = bytes - octet_length(old.key) - octet_length(old.value)
    WHERE plugin = old.plugin;
END;
