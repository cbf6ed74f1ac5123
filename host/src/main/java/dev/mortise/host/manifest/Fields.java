package dev.mortise.host.manifest;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.config.NearestName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The members of one object in a manifest. */
record Fields(Field owner, JsonObject object) {

    Optional<Field> get(String name) {
        return object.get(name).map(value -> owner.member(Map.entry(name, value)));
    }

    /** The field under its name or under its other one; to have both is a mistake. */
    Optional<Field> get(String name, String alias) {
        Optional<Field> field = get(name);
        Optional<Field> other = get(alias);
        if (field.isPresent() && other.isPresent()) {
            other.get().keyError("means the same as '" + name + "'; keep one of them");
        }
        return field.or(() -> other);
    }

    /** A field without which the object makes no sense. */
    Optional<Field> required(String name, String why) {
        Optional<Field> field = get(name);
        if (field.isEmpty()) {
            owner.error("'" + name + "' is missing: " + why);
        }
        return field;
    }

    List<Field> all() {
        return object.members().entrySet().stream().map(owner::member).toList();
    }

    void refuseOthersThan(List<String> known) {
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            if (owner.errors().isFull()) {
                return;
            }
            if (!known.contains(member.getKey())) {
                String what = owner.pointer().isEmpty() ? "is not a field of a manifest" : "is not a field here";
                owner.member(member).keyError(what + NearestName.hint(member.getKey(), known));
            }
        }
    }
}
