package dev.mortise.host.manifest;

import dev.mortise.api.json.JsonNumber;
import dev.mortise.host.model.Permissions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads {@code permissions}. */
final class PermissionFields {

    private static final int MOST = 100;
    private static final int GREATEST_PORT = 65_535;
    private static final List<String> KNOWN = List.of(
            "network", "listen", "read", "write", "environment", "run", "threads", "reflection", "native", "blocking");

    private PermissionFields() {}

    static Permissions read(Field permissions) {
        return permissions.fields(KNOWN).map(PermissionFields::of).orElse(Permissions.NONE);
    }

    private static Permissions of(Fields fields) {
        return new Permissions(
                network(fields),
                ports(fields),
                texts(fields, "read", Form.PATH),
                texts(fields, "write", Form.PATH),
                texts(fields, "environment", Form.VARIABLE),
                texts(fields, "run", Form.PATH),
                flag(fields, "threads"),
                flag(fields, "reflection"),
                flag(fields, "native"),
                flag(fields, "blocking"));
    }

    private static SortedSet<String> texts(Fields fields, String name, Form form) {
        return new TreeSet<>(
                fields.get(name).map(field -> field.texts(form, MOST)).orElse(List.of()));
    }

    private static boolean flag(Fields fields, String name) {
        return fields.get(name).flatMap(Field::flag).orElse(false);
    }

    private static SortedSet<String> network(Fields fields) {
        SortedSet<String> hosts = new TreeSet<>();
        for (Field element :
                fields.get("network").map(field -> field.elements(MOST)).orElse(List.of())) {
            element.text(Form.NETWORK).ifPresent(host -> {
                if (portOf(host) > GREATEST_PORT) {
                    element.error("must have a port from 1 to " + GREATEST_PORT);
                } else if (!hosts.add(host)) {
                    element.error("is there twice");
                }
            });
        }
        return hosts;
    }

    private static int portOf(String host) {
        int colon = host.lastIndexOf(':');
        return colon < 0 || host.endsWith("]") ? 0 : Integer.parseInt(host.substring(colon + 1));
    }

    /** Ports may be written as numbers or as text. */
    private static SortedSet<String> ports(Fields fields) {
        SortedSet<String> ports = new TreeSet<>();
        for (Field element :
                fields.get("listen").map(field -> field.elements(MOST)).orElse(List.of())) {
            port(element).ifPresent(port -> {
                if (!ports.add(port)) {
                    element.error("is there twice");
                }
            });
        }
        return ports;
    }

    private static Optional<String> port(Field element) {
        if (element.value() instanceof JsonNumber) {
            OptionalInt number = element.wholeNumber(0, GREATEST_PORT);
            return number.isPresent() ? Optional.of(Integer.toString(number.getAsInt())) : Optional.empty();
        }
        Optional<String> text = element.text(Form.PORT);
        if (text.isPresent() && Integer.parseInt(text.get()) > GREATEST_PORT) {
            element.error("must be " + Form.PORT.description());
            return Optional.empty();
        }
        return text;
    }
}
