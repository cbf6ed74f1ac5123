package dev.mortise.runtime.jvm.scan;

import dev.mortise.api.json.JsonValue;
import dev.mortise.host.model.Permissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** A permission of the manifest, as far as bytecode can tell: whether it is declared at all, not for what. */
public enum Permission {
    NETWORK(permissions -> !permissions.network().isEmpty(), List.of("api.example.com")),
    LISTEN(permissions -> !permissions.listen().isEmpty(), List.of(8080)),
    READ(permissions -> !permissions.read().isEmpty(), List.of("/path/to/read")),
    WRITE(permissions -> !permissions.write().isEmpty(), List.of("/path/to/write")),
    ENVIRONMENT(permissions -> !permissions.environment().isEmpty(), List.of("NAME")),
    RUN(permissions -> !permissions.run().isEmpty(), List.of("program")),
    THREADS(Permissions::threads, true),
    REFLECTION(Permissions::reflection, true),
    NATIVE(Permissions::nativeAccess, true),
    BLOCKING(Permissions::blocking, true);

    private final Predicate<Permissions> granted;
    private final JsonValue example;

    Permission(Predicate<Permissions> granted, Object example) {
        this.granted = granted;
        this.example = JsonValue.of(example);
    }

    static Set<Permission> in(Permissions permissions) {
        Set<Permission> found = EnumSet.noneOf(Permission.class);
        Arrays.stream(values())
                .filter(permission -> permission.granted.test(permissions))
                .forEach(found::add);
        return found;
    }

    /** The field of {@code permissions} in a manifest. */
    String field() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A value that the field could have. */
    JsonValue example() {
        return example;
    }
}
