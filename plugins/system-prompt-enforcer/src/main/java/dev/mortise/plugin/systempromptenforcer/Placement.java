package dev.mortise.plugin.systempromptenforcer;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Where the enforced message goes among those of the request. */
enum Placement {
    /** Before the first system message, or first of all. */
    PREPEND {
        @Override
        List<JsonValue> apply(List<JsonValue> messages, JsonObject enforced) {
            List<JsonValue> all = new ArrayList<>(messages);
            int first = 0;
            while (first < all.size() && !isSystem(all.get(first))) {
                first++;
            }
            all.add(first == all.size() ? 0 : first, enforced);
            return all;
        }
    },
    /** Last of all. */
    APPEND {
        @Override
        List<JsonValue> apply(List<JsonValue> messages, JsonObject enforced) {
            List<JsonValue> all = new ArrayList<>(messages);
            all.add(enforced);
            return all;
        }
    },
    /** First of all, and no other system message stays. */
    REPLACE {
        @Override
        List<JsonValue> apply(List<JsonValue> messages, JsonObject enforced) {
            List<JsonValue> all = new ArrayList<>();
            all.add(enforced);
            messages.stream().filter(message -> !isSystem(message)).forEach(all::add);
            return all;
        }
    };

    /** The second is the name that the first has in newer models; it would be a way round. */
    private static final Set<String> SYSTEM_ROLES = Set.of("system", "developer");

    abstract List<JsonValue> apply(List<JsonValue> messages, JsonObject enforced);

    private static boolean isSystem(JsonValue message) {
        return message instanceof JsonObject object
                && object.text("role").filter(SYSTEM_ROLES::contains).isPresent();
    }
}
