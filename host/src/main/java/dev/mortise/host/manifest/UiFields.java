package dev.mortise.host.manifest;

import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.config.UiFieldCheck;
import dev.mortise.host.model.UiField;
import dev.mortise.host.model.UiField.Widget;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads {@code ui_schema}. */
final class UiFields {

    private static final int MOST_FIELDS = 200;
    private static final int MOST_OPTIONS = 500;
    private static final List<String> KNOWN =
            List.of("key", "type", "label", "description", "default", "min", "max", "options", "secret");
    private static final List<String> TYPES =
            List.of("text", "number", "boolean", "select", "textarea", "array", "string");
    private static final Form DESCRIPTION = Form.prose(2_000);

    private UiFields() {}

    static List<UiField> read(Field uiSchema) {
        List<UiField> fields = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (Field item : uiSchema.elements(MOST_FIELDS)) {
            item.fields(KNOWN).flatMap(UiFields::of).ifPresent(field -> {
                if (!keys.add(field.key())) {
                    item.error("has the key '" + field.key() + "', which an earlier field has already");
                }
                fields.add(field);
            });
        }
        return fields;
    }

    private static Optional<UiField> of(Fields fields) {
        Optional<String> key = fields.required("key", "the key of the configuration that the field is for")
                .flatMap(field -> field.text(Form.CONFIG_KEY));
        Optional<Widget> widget = fields.required("type", "one of " + String.join(", ", TYPES))
                .flatMap(field -> field.oneOf(TYPES))
                .map(UiFields::widget);
        Optional<String> label = fields.get("label").flatMap(field -> field.text(Form.LINE));
        Optional<String> description = fields.get("description").flatMap(field -> field.text(DESCRIPTION));
        Optional<BigDecimal> min = fields.get("min").flatMap(Field::number);
        Optional<BigDecimal> max = fields.get("max").flatMap(Field::number);
        List<String> options = fields.get("options")
                .map(field -> field.texts(Form.OPTION, MOST_OPTIONS))
                .orElse(List.of());
        boolean secret = fields.get("secret").flatMap(Field::flag).orElse(false);
        if (key.isEmpty() || widget.isEmpty()) {
            return Optional.empty();
        }
        UiField field = new UiField(
                key.get(),
                widget.get(),
                label.orElse(key.get()),
                description.orElse(""),
                fields.object().get("default"),
                min,
                max,
                options,
                secret);
        check(field, fields);
        return Optional.of(field);
    }

    private static Widget widget(String type) {
        return type.equals("string") ? Widget.TEXT : Widget.valueOf(type.toUpperCase(Locale.ROOT));
    }

    private static void check(UiField field, Fields fields) {
        Widget widget = field.widget();
        if (widget != Widget.NUMBER) {
            refuse(fields, "min", "is for fields of type number only");
            refuse(fields, "max", "is for fields of type number only");
        } else if (field.min().isPresent()
                && field.max().isPresent()
                && field.min().get().compareTo(field.max().get()) > 0) {
            fields.get("min").ifPresent(min -> min.error("must not be greater than max"));
        }
        if (widget != Widget.SELECT && widget != Widget.ARRAY) {
            refuse(fields, "options", "is for fields of type select or array only");
        }
        if (widget == Widget.SELECT
                && field.options().isEmpty()
                && !fields.object().has("options")) {
            fields.owner().error("'options' is missing: what a field of type select lets one choose from");
        } else if (widget == Widget.SELECT
                && fields.object()
                        .array("options")
                        .map(list -> list.size() == 0)
                        .orElse(false)) {
            fields.get("options").ifPresent(options -> options.error("must not be empty"));
        }
        if (field.secret() && widget != Widget.TEXT && widget != Widget.TEXTAREA) {
            refuse(fields, "secret", "is for fields of type text or textarea only");
        }
        fields.get("default").ifPresent(value -> checkDefault(field, value));
    }

    private static void checkDefault(UiField field, Field value) {
        Optional<String> mistake = UiFieldCheck.mistake(field, value.value());
        if (mistake.isPresent()) {
            value.error(mistake.get());
        } else if (field.secret() && !isEmptyText(value.value())) {
            value.error("must not be there: a secret in a manifest is none; the operator sets it");
        }
    }

    private static boolean isEmptyText(JsonValue value) {
        return value instanceof JsonString(String text) && text.isEmpty();
    }

    private static void refuse(Fields fields, String name, String why) {
        fields.get(name).ifPresent(field -> field.keyError(why));
    }
}
