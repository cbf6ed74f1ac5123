package dev.mortise.plugin.sqlstore;

import dev.mortise.api.ServiceException;
import dev.mortise.api.ServiceException.Kind;
import dev.mortise.contracts.operations.Check;
import dev.mortise.contracts.operations.Component;
import dev.mortise.contracts.operations.Flag;
import dev.mortise.contracts.operations.Store;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * Keeps everything in the tables {@code flags}, {@code components} and {@code checks} of a database. The database stays
 * its owner's to close.
 */
public final class SqlStore implements Store {

    private static final int LONGEST_KEY = 512;

    private final Database database;
    private final Clock clock;

    /** @param clock for times that nobody has said */
    public SqlStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public void createFlag(Flag flag) {
        String what = "create the flag " + name(flag.key());
        Flag dated = flag.withTimes(said(flag.createdAt()), said(flag.updatedAt()));
        if (!database.write(what, connection -> FlagTable.insert(connection, dated))) {
            throw new ServiceException(Kind.CONFLICT, "there is a flag " + name(flag.key()) + " already");
        }
    }

    @Override
    public Flag flag(String key) {
        return only(
                database.read("read the flag " + name(key), connection -> FlagTable.find(connection, key)),
                "flag",
                key);
    }

    @Override
    public List<Flag> flags() {
        return database.read("read the flags", FlagTable::all);
    }

    @Override
    public void updateFlag(Flag flag) {
        String what = "update the flag " + name(flag.key());
        Flag dated = flag.withTimes(flag.createdAt(), said(flag.updatedAt()));
        if (!database.write(what, connection -> FlagTable.update(connection, dated))) {
            throw missing("flag", flag.key());
        }
    }

    @Override
    public void deleteFlag(String key) {
        if (!database.write("delete the flag " + name(key), connection -> FlagTable.delete(connection, key))) {
            throw missing("flag", key);
        }
    }

    @Override
    public void createComponent(Component component) {
        String what = "create the component " + name(component.key());
        Component dated = component.withTimes(said(component.createdAt()), said(component.updatedAt()));
        if (!database.write(what, connection -> ComponentTable.insert(connection, dated))) {
            throw new ServiceException(Kind.CONFLICT, "there is a component " + name(component.key()) + " already");
        }
    }

    @Override
    public Component component(String key) {
        return only(
                database.read("read the component " + name(key), connection -> ComponentTable.find(connection, key)),
                "component",
                key);
    }

    @Override
    public List<Component> components() {
        return database.read("read the components", ComponentTable::all);
    }

    @Override
    public void updateComponent(Component component) {
        String what = "update the component " + name(component.key());
        Component dated = component.withTimes(component.createdAt(), said(component.updatedAt()));
        if (!database.write(what, connection -> ComponentTable.update(connection, dated))) {
            throw missing("component", component.key());
        }
    }

    @Override
    public void deleteComponent(String key) {
        boolean deleted = database.write("delete the component " + name(key), connection -> {
            boolean there = ComponentTable.delete(connection, key);
            if (there) {
                CheckTable.delete(connection, key);
            }
            return there;
        });
        if (!deleted) {
            throw missing("component", key);
        }
    }

    @Override
    public void recordCheck(Check check) {
        boolean _ = database.write("record the check of " + name(check.component()), connection -> {
            CheckTable.record(connection, check);
            return true;
        });
    }

    @Override
    public Check latestCheck(String component) {
        return only(
                database.read(
                        "read the check of " + name(component), connection -> CheckTable.find(connection, component)),
                "check of the component",
                component);
    }

    @Override
    public List<Check> latestChecks() {
        return database.read("read the checks", CheckTable::all);
    }

    /** Writes nothing, but needs what a transaction needs. */
    @Override
    public void ping() {
        List<Integer> _ =
                database.write("answer", connection -> Statements.list(connection, row -> row.getInt(1), "SELECT 1"));
    }

    private Instant said(Instant time) {
        return time.equals(Instant.EPOCH) ? clock.instant() : time;
    }

    /** Checks a key, and quotes it. */
    private static String name(String key) {
        if (key.isEmpty()) {
            throw new ServiceException(Kind.INVALID, "a key must not be empty");
        }
        if (key.length() > LONGEST_KEY) {
            throw new ServiceException(
                    Kind.INVALID, "a key has at most " + LONGEST_KEY + " characters, not " + key.length());
        }
        return "'" + key + "'";
    }

    private static <T> T only(List<T> found, String kind, String key) {
        if (found.isEmpty()) {
            throw missing(kind, key);
        }
        return found.getFirst();
    }

    private static ServiceException missing(String kind, String key) {
        return new ServiceException(Kind.NOT_FOUND, "there is no " + kind + " '" + key + "'");
    }
}
