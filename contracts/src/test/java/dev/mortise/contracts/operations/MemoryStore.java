package dev.mortise.contracts.operations;

import dev.mortise.api.ServiceException;
import dev.mortise.api.ServiceException.Kind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Keeps everything in memory, and forgets it with the process. */
public class MemoryStore implements Store {

    private final InstantSource clock;
    private final NavigableMap<String, Flag> flags = new TreeMap<>();
    private final NavigableMap<String, Component> components = new TreeMap<>();
    private final NavigableMap<String, Check> checks = new TreeMap<>();

    public MemoryStore() {
        this(InstantSource.system());
    }

    public MemoryStore(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void createFlag(Flag flag) {
        absent(flags, flag.key(), "flag");
        flags.put(flag.key(), flag.withTimes(orNow(flag.createdAt()), orNow(flag.updatedAt())));
    }

    @Override
    public synchronized Flag flag(String key) {
        return present(flags, key, "flag");
    }

    @Override
    public synchronized List<Flag> flags() {
        return List.copyOf(flags.values());
    }

    @Override
    public synchronized void updateFlag(Flag flag) {
        Flag before = present(flags, flag.key(), "flag");
        flags.put(flag.key(), flag.withTimes(or(flag.createdAt(), before.createdAt()), orNow(flag.updatedAt())));
    }

    @Override
    public synchronized void deleteFlag(String key) {
        flags.remove(present(flags, key, "flag").key());
    }

    @Override
    public synchronized void createComponent(Component component) {
        absent(components, component.key(), "component");
        components.put(
                component.key(), component.withTimes(orNow(component.createdAt()), orNow(component.updatedAt())));
    }

    @Override
    public synchronized Component component(String key) {
        return present(components, key, "component");
    }

    @Override
    public synchronized List<Component> components() {
        return List.copyOf(components.values());
    }

    @Override
    public synchronized void updateComponent(Component component) {
        Component before = present(components, component.key(), "component");
        components.put(
                component.key(),
                component.withTimes(or(component.createdAt(), before.createdAt()), orNow(component.updatedAt())));
    }

    @Override
    public synchronized void deleteComponent(String key) {
        components.remove(present(components, key, "component").key());
        checks.remove(key);
    }

    @Override
    public synchronized void recordCheck(Check check) {
        checks.merge(
                named(check.component(), "component"),
                check,
                (latest, next) -> next.checkedAt().isBefore(latest.checkedAt()) ? latest : next);
    }

    @Override
    public synchronized Check latestCheck(String component) {
        return present(checks, component, "check of the component");
    }

    @Override
    public synchronized List<Check> latestChecks() {
        return List.copyOf(checks.values());
    }

    @Override
    public void ping() {}

    private Instant orNow(Instant said) {
        return or(said, clock.instant());
    }

    private static Instant or(Instant said, Instant otherwise) {
        return said.equals(Instant.EPOCH) ? otherwise : said;
    }

    private static void absent(NavigableMap<String, ?> map, String key, String what) {
        if (map.containsKey(named(key, what))) {
            throw new ServiceException(Kind.CONFLICT, "there is a " + what + " " + key + " already");
        }
    }

    private static <T> T present(NavigableMap<String, T> map, String key, String what) {
        T found = map.get(named(key, what));
        if (found == null) {
            throw new ServiceException(Kind.NOT_FOUND, "there is no " + what + " " + key);
        }
        return found;
    }

    private static String named(String key, String what) {
        if (key.isEmpty()) {
            throw new ServiceException(Kind.INVALID, "the key of a " + what + " is not empty");
        }
        return key;
    }
}
