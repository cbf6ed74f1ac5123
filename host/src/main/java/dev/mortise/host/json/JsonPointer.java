package dev.mortise.host.json;

/** JSON Pointers, RFC 6901. */
public final class JsonPointer {

    private JsonPointer() {}

    /** The pointer to a member of what the first pointer points to. */
    public static String member(String parent, String name) {
        return parent + '/' + name.replace("~", "~0").replace("/", "~1");
    }

    public static String element(String parent, int index) {
        return parent + '/' + index;
    }

    /** The name or index that the pointer's first step takes; empty for the pointer to the whole. */
    public static String first(String pointer) {
        if (pointer.isEmpty()) {
            return "";
        }
        int end = pointer.indexOf('/', 1);
        String step = pointer.substring(1, end < 0 ? pointer.length() : end);
        return step.replace("~1", "/").replace("~0", "~");
    }
}
