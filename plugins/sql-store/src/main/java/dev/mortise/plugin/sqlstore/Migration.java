package dev.mortise.plugin.sqlstore;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * One step of a schema. A step that has been released is never changed; what it lacks is in the next.
 *
 * @param number 1 for the first step, and so on without gaps
 * @param statements each for itself
 */
public record Migration(int number, String name, List<String> statements) {

    public Migration {
        statements = List.copyOf(statements);
    }

    /**
     * Reads a step from a resource.
     *
     * @param owner the class beside whose resources it lies
     * @param name such as {@code 001-first-tables.sql}; its statements are separated by lines that are empty
     */
    public static Migration load(Class<?> owner, String name) {
        try (InputStream resource = owner.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException("the package lacks its resource " + name);
            }
            String sql = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            List<String> statements = Arrays.stream(sql.strip().split("\\R\\s*\\R"))
                    .map(String::strip)
                    .toList();
            return new Migration(Integer.parseInt(name.substring(0, 3)), name, statements);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the resource " + name, e);
        }
    }
}
