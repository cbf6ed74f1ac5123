package dev.mortise.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * One step of the database's schema. A step that has been released is never changed; what it lacks is in the next.
 *
 * @param number 1 for the first step, and so on without gaps
 */
record Migration(int number, String name, String sql) {

    /** Every step, in order. */
    static List<Migration> all() {
        return Stream.of("001-host-records.sql", "002-plugin-state.sql", "003-placements.sql", "004-derived.sql")
                .map(Migration::load)
                .toList();
    }

    private static Migration load(String name) {
        try (InputStream resource = Migration.class.getResourceAsStream("migrations/" + name)) {
            if (resource == null) {
                throw new IllegalStateException("the program lacks its resource migrations/" + name);
            }
            String sql = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            return new Migration(Integer.parseInt(name.substring(0, 3)), name, sql);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the resource migrations/" + name, e);
        }
    }
}
