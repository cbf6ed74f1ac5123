package dev.mortise.api.json;

/** The JSON value null, which is a value and not an absent member. */
public enum JsonNull implements JsonValue {
    NULL;

    @Override
    public String toString() {
        return JsonText.of(this);
    }
}
