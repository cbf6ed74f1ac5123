package dev.mortise.api.json;

/** Text. */
public record JsonString(String value) implements JsonValue {

    @Override
    public String toString() {
        return JsonText.of(this);
    }
}
