package dev.mortise.host.json;

import tools.jackson.core.JsonToken;
import tools.jackson.dataformat.yaml.YAMLParser;

/** Reads the values of a YAML document that JSON could hold as well. */
final class YamlValueReader extends ValueReader {

    private final YAMLParser parser;

    YamlValueReader(YAMLParser parser) {
        super(parser);
        this.parser = parser;
    }

    @Override
    void check(JsonToken token) {
        if (parser.isCurrentAlias()) {
            throw new MalformedText(position(), "aliases are not supported; write the value out");
        }
        if (parser.getRawTag() != null) {
            throw new MalformedText(position(), "tags are not supported; leave the tag out");
        }
    }

    @Override
    void checkName(String name) {
        if (!Utf8.canEncode(name)) {
            throw new MalformedText(position(), JsonMistake.HALF_PAIR);
        }
    }
}
