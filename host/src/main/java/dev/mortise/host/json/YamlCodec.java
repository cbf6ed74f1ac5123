package dev.mortise.host.json;

import dev.mortise.host.Result;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Reads YAML 1.2 by its JSON schema: one document of mappings, sequences and scalars, where {@code true},
 * {@code false}, {@code null} and numbers are what they are in JSON, and {@code yes} or {@code on} is text. Tags, which could ask for objects, and aliases, which could multiply, are refused. For any
 * number of threads. Limits and problems are those of {@link JsonCodec}.
 */
public final class YamlCodec {

    private final JsonLimits limits;
    private final YAMLFactory factory;

    public YamlCodec(JsonLimits limits) {
        this.limits = limits;
        this.factory = YAMLFactory.builder()
                .streamReadConstraints(JsonCodec.constraints(limits))
                .build();
    }

    public Result<LocatedJson> parseLocated(byte[] yaml) {
        return JsonCodec.read(() -> decode(yaml), this::located);
    }

    private String decode(byte[] yaml) {
        if (yaml.length > limits.bytes()) {
            throw JsonMistake.tooLarge(limits);
        }
        return Utf8.decode(yaml);
    }

    private LocatedJson located(String text) {
        try (YAMLParser parser = (YAMLParser) factory.createParser(ObjectReadContext.empty(), text)) {
            SourceMap source = new SourceMap(Position.START);
            YamlValueReader reader = new YamlValueReader(parser);
            try {
                return new LocatedJson(reader.document(source), source);
            } catch (JacksonException e) {
                throw mistake(e, reader.positionOf(e));
            }
        }
    }

    private static MalformedText mistake(JacksonException failure, Position at) {
        // The parser tells where it stood; the cause knows where the mistake is.
        if (failure.getCause() instanceof MarkedYamlEngineException cause
                && cause.getProblemMark().isPresent()) {
            var mark = cause.getProblemMark().get();
            return new MalformedText(
                    new Position(mark.getLine() + 1, mark.getColumn() + 1), "this is not YAML: " + cause.getProblem());
        }
        return JsonMistake.of(failure, at, "this is not YAML that says the same as some JSON");
    }
}
