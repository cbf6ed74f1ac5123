package dev.mortise.plugin.jsontext;

import dev.mortise.api.json.JsonValue;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the one object or array that a text means, where the text is almost JSON. It invents no values and leaves out
 * none but a last member that has no value yet; a text that could mean several things is left alone.
 */
public final class JsonRepair {

    private static final String FENCE = "```";

    private JsonRepair() {}

    /** @return empty if there is no object or array, more than one, or something that cannot be put right */
    public static Optional<Repaired> repair(String text) {
        Set<Repair> around = EnumSet.noneOf(Repair.class);
        int start = start(text, around);
        if (start < 0) {
            return Optional.empty();
        }
        int fence = around.contains(Repair.CODE_FENCE) ? text.indexOf("\n" + FENCE, start) : -1;
        if (fence < 0) {
            return read(text, start, text.length(), around);
        }
        Optional<Repaired> upToFence = read(text, start, fence, around);
        if (isClosed(upToFence)) {
            return upToFence;
        }
        // That fence may be one in a string, as where a text with code in it has line breaks that are not escaped.
        Optional<Repaired> beyond = read(text, start, text.length(), around);
        return isClosed(beyond) ? beyond : upToFence;
    }

    private static Optional<Repaired> read(String text, int start, int limit, Set<Repair> around) {
        Set<Repair> repairs = EnumSet.noneOf(Repair.class);
        repairs.addAll(around);
        LenientReader reader = new LenientReader(text, start, limit, repairs);
        Optional<JsonValue> value = reader.read();
        if (value.isEmpty() || !isHarmless(text.substring(reader.position()), repairs)) {
            return Optional.empty();
        }
        return Optional.of(new Repaired(value.get(), repairs));
    }

    private static boolean isClosed(Optional<Repaired> read) {
        return read.isPresent() && !read.get().repairs().contains(Repair.UNCLOSED);
    }

    /** Where the first object or array begins; in a code fence if the text does not begin with it. */
    private static int start(String text, Set<Repair> repairs) {
        int first = firstBracket(text, 0);
        int fence = text.indexOf(FENCE);
        if (fence >= 0 && (first < 0 || fence < first)) {
            repairs.add(Repair.CODE_FENCE);
            first = firstBracket(text, fence);
        }
        if (first < 0) {
            return -1;
        }
        String before = text.substring(0, first);
        if (repairs.contains(Repair.CODE_FENCE)) {
            int lineEnd = before.indexOf('\n', fence);
            before = before.substring(0, fence) + (lineEnd < 0 ? "" : before.substring(lineEnd));
        }
        if (!isBlank(before)) {
            repairs.add(Repair.SURROUNDING_TEXT);
        }
        return first;
    }

    /** Whether what follows is but a fence or words; another value would leave open which one is meant. */
    private static boolean isHarmless(String rest, Set<Repair> repairs) {
        String plain = repairs.contains(Repair.CODE_FENCE) ? rest.replaceFirst(FENCE, "") : rest;
        if (firstBracket(plain, 0) >= 0) {
            return false;
        }
        if (!isBlank(plain)) {
            repairs.add(Repair.SURROUNDING_TEXT);
        }
        return true;
    }

    private static boolean isBlank(String text) {
        return text.replace("\ufeff", "").isBlank();
    }

    private static int firstBracket(String text, int from) {
        int object = text.indexOf('{', from);
        int array = text.indexOf('[', from);
        return object < 0 ? array : array < 0 ? object : Math.min(object, array);
    }
}
