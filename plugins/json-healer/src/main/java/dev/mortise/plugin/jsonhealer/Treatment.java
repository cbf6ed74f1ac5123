package dev.mortise.plugin.jsonhealer;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.plugin.jsontext.JsonReader;
import dev.mortise.plugin.jsontext.JsonRepair;
import dev.mortise.plugin.jsontext.Repair;
import dev.mortise.plugin.jsontext.Repaired;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Of the choices of one response. */
final class Treatment {

    private final Set<Repair> repairs = EnumSet.noneOf(Repair.class);
    private boolean incurable;

    /** The choice with its content repaired; what is valid, empty or beyond repair stays as it is. */
    JsonValue choice(JsonValue choice) {
        Optional<JsonObject> message =
                choice instanceof JsonObject object ? object.object("message") : Optional.empty();
        Optional<String> content = message.flatMap(one -> one.text("content")).filter(text -> !text.isBlank());
        if (content.isEmpty() || JsonReader.read(content.get()).isPresent()) {
            return choice;
        }
        Optional<Repaired> repaired = JsonRepair.repair(content.get());
        if (repaired.isEmpty()) {
            incurable = true;
            return choice;
        }
        repairs.addAll(repaired.get().repairs());
        String healed = repaired.get().value().toString();
        return ((JsonObject) choice).with("message", message.get().with("content", healed));
    }

    boolean foundNothing() {
        return repairs.isEmpty() && !incurable;
    }

    boolean healedAll() {
        return !incurable;
    }

    Set<Repair> repairs() {
        return repairs;
    }
}
