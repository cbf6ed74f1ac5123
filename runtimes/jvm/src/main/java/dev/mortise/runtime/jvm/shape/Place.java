package dev.mortise.runtime.jvm.shape;

import org.jspecify.annotations.Nullable;

/**
 * Where in a JSON value the reading is, for messages.
 *
 * @param unknown what becomes of members that no component takes
 */
public record Place(@Nullable Place parent, String step, Unknown unknown) {

    /** Calls are exact: a misspelt parameter must not be lost. */
    public static final Place STRICT = new Place(null, "", Unknown.REFUSED);

    /** Events and configurations may say more than one reader wants to know. */
    public static final Place LENIENT = new Place(null, "", Unknown.IGNORED);

    /** What becomes of unknown members. */
    public enum Unknown {
        REFUSED,
        IGNORED
    }

    Place member(String name) {
        return new Place(this, name, unknown);
    }

    Place element(int index) {
        return new Place(this, Integer.toString(index), unknown);
    }

    /** As in RFC 6901, without the slash in front; empty for the whole value. */
    String pointer() {
        String own = step.replace("~", "~0").replace("/", "~1");
        if (parent == null || parent.parent == null) {
            return own;
        }
        return parent.pointer() + "/" + own;
    }
}
