package dev.mortise.plugin.jsontext;

import dev.mortise.api.json.JsonValue;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** An object or array that was read out of a text, and what had to be put right for it. */
public record Repaired(JsonValue value, Set<Repair> repairs) {

    public Repaired {
        EnumSet<Repair> copy = EnumSet.noneOf(Repair.class);
        copy.addAll(repairs);
        repairs = Collections.unmodifiableSet(copy);
    }
}
