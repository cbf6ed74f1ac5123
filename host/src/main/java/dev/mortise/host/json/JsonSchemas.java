package dev.mortise.host.json;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.DialectId;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.path.PathType;
import com.networknt.schema.resource.SchemaLoader;
import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.model.Text;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Compiles JSON Schemas of draft 2020-12. One for each host; for any number of threads. The library behind it is
 * started when the first schema comes, which takes some tenths of a second.
 *
 * <p>Schemas come from plugins and are not trusted. A {@code $ref} reaches into its own schema or to the standard's
 * meta-schemas, and nothing is ever fetched from the network, a file or the class path. Patterns, the number of steps
 * and their depth are bounded, see {@link JsonSchemaCheck}. {@code format} is a note for readers and is not checked.
 */
public final class JsonSchemas {

    private static final String META_SCHEMAS = "https://json-schema.org/draft/2020-12/";

    private final ReentrantLock starting = new ReentrantLock();
    private volatile @Nullable Dialect2020 dialect;

    /**
     * Compiles a schema. What is wrong with it is a problem with code {@code load_failed}, whose details hold
     * {@code errors}: objects with the {@code pointer} into the schema and the {@code message}.
     */
    public Result<JsonSchemaCheck> compile(JsonObject schema) {
        Dialect2020 library = library();
        try {
            List<Violation> mistakes = library.meta().violations(schema);
            if (!mistakes.isEmpty()) {
                return bad(mistakes);
            }
            Schema compiled = library.registry().getSchema(JsonTree.of(schema));
            compiled.initializeValidators();
            return Result.ok(new JsonSchemaCheck(schema, new BoundedSchema(compiled)));
        } catch (PatternSyntaxException e) {
            return bad(noPattern(e));
        } catch (SchemaException e) {
            return bad(
                    e.getCause() instanceof PatternSyntaxException cause
                            ? noPattern(cause)
                            : new Violation("", "", "cannot be used: " + ViolationText.shortened(e.getMessage())));
        } catch (StackOverflowError e) {
            // The schema's own depth, which the library follows by recursion.
            return bad(new Violation("", "", "is nested too deeply"));
        }
    }

    private static Violation noPattern(PatternSyntaxException failure) {
        return new Violation("", "", "has a pattern that is no regular expression: " + failure.getDescription());
    }

    private static Result<JsonSchemaCheck> bad(Violation mistake) {
        return bad(List.of(mistake));
    }

    private static Result<JsonSchemaCheck> bad(List<Violation> mistakes) {
        Violation first = mistakes.getFirst();
        String place = first.pointer().isEmpty() ? "it" : Text.abbreviate(first.pointer());
        JsonValue errors = new JsonArray(mistakes.stream()
                .<JsonValue>map(
                        mistake -> JsonObject.of("pointer", mistake.pointer()).with("message", mistake.message()))
                .toList());
        return Result.refused(
                Problem.of(ProblemCode.LOAD_FAILED, "this is not a JSON Schema: " + place + " " + first.message())
                        .with("errors", errors));
    }

    private Dialect2020 library() {
        Dialect2020 ready = dialect;
        if (ready != null) {
            return ready;
        }
        starting.lock();
        try {
            if (dialect == null) {
                dialect = Dialect2020.start();
            }
            return Objects.requireNonNull(dialect);
        } finally {
            starting.unlock();
        }
    }

    /** The library, and the schema of schemas. */
    private record Dialect2020(SchemaRegistry registry, BoundedSchema meta) {

        static Dialect2020 start() {
            SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                    .locale(Locale.ROOT)
                    .pathType(PathType.JSON_POINTER)
                    .regularExpressionFactory(BudgetedPattern::new)
                    .preloadSchema(false)
                    .build();
            SchemaLoader onlyMetaSchemas = SchemaLoader.builder()
                    .allow(iri -> isMetaSchema(iri.toString()))
                    .build();
            SchemaRegistry registry = SchemaRegistry.withDialect(
                    Dialects.getDraft202012(),
                    builder -> builder.schemaRegistryConfig(config).schemaLoader(onlyMetaSchemas));
            Schema meta = registry.getSchema(SchemaLocation.of(DialectId.DRAFT_2020_12));
            return new Dialect2020(registry, new BoundedSchema(meta));
        }

        private static boolean isMetaSchema(String iri) {
            String vocabularies = META_SCHEMAS + "meta/";
            boolean isVocabulary = iri.startsWith(vocabularies) && iri.indexOf('/', vocabularies.length()) < 0;
            return isVocabulary || iri.equals(META_SCHEMAS + "schema");
        }
    }
}
