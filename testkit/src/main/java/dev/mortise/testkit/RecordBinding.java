package dev.mortise.testkit;

import dev.mortise.api.json.JsonValue;
import tools.jackson.databind.json.JsonMapper;

/** Turns the test's own records into JSON and back. In the plugin itself the runtime does that, not this. */
final class RecordBinding {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().annotationIntrospector(new ParamNames()).build();

    private RecordBinding() {}

    static JsonValue write(Record source) {
        return Json.json(MAPPER.writeValueAsString(source));
    }

    static <T> T read(JsonValue value, Class<T> type) {
        return MAPPER.readValue(value.toString(), type);
    }
}
