package dev.mortise.storage;

/** Checks how many rows a caller asks for. */
final class RowLimit {

    private RowLimit() {}

    /** SQLite takes a negative limit for none. */
    static void check(int limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("a limit is 0 or more, not " + limit);
        }
    }
}
