package dev.mortise.runtime.jvm.shape;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.model.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The members of an object, in the order of their declaration. */
record Members(List<Member> all) {

    Members {
        all = List.copyOf(all);
    }

    JsonObject schema(Definitions definitions) {
        Map<String, JsonObject> properties = new LinkedHashMap<>();
        all.forEach(member -> properties.put(member.name(), member.schema(definitions)));
        return JsonObject.of("type", "object")
                .with("properties", properties)
                .with(
                        "required",
                        all.stream()
                                .filter(Member::isRequired)
                                .map(Member::name)
                                .toList())
                .with("additionalProperties", false);
    }

    @Nullable
    Object[] read(JsonObject json, Place at) throws Mismatch {
        if (at.unknown() == Place.Unknown.REFUSED) {
            refuseUnknown(json, at);
        }
        @Nullable Object[] values = new @Nullable Object[all.size()];
        for (int i = 0; i < values.length; i++) {
            Member member = all.get(i);
            values[i] = member.read(json.members().get(member.name()), at.member(member.name()));
        }
        return values;
    }

    private void refuseUnknown(JsonObject json, Place at) throws Mismatch {
        for (String name : json.members().keySet()) {
            if (all.stream().noneMatch(member -> member.name().equals(name))) {
                String known = all.isEmpty()
                        ? "nothing is expected here"
                        : "known are "
                                + String.join(
                                        ", ", all.stream().map(Member::name).toList());
                throw new Mismatch(at.member(Text.abbreviate(name)), "is not known; " + known);
            }
        }
    }

    JsonObject write(IntFunction<@Nullable Object> values) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        for (int i = 0; i < all.size(); i++) {
            Member member = all.get(i);
            Object value = values.apply(i);
            if (!member.shape().leavesOut(value)) {
                members.put(member.name(), member.shape().toJson(value));
            }
        }
        return new JsonObject(members);
    }
}
