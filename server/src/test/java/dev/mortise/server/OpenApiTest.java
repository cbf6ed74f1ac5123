package dev.mortise.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.Role;
import dev.mortise.server.ServedHost.Reply;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API's document says what the server does. */
class OpenApiTest {

    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

    @TempDir
    Path folder;

    private ServedHost served;
    private JsonObject document;

    @BeforeEach
    void start() throws IOException {
        served = ServedHost.in(folder)
                .withProbe()
                .withHook("doorman", ",\"hook\":\"ingress\"", "return Decision.passthrough();")
                .withDictionary("lexicon");
        Reply reply = served.send(null, "GET", "/openapi.json", BodyPublishers.noBody(), "");
        assertThat(reply.status()).isEqualTo(200);
        document = reply.json();
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void itIsOpenApi() {
        assertThat(document.text("openapi")).contains("3.1.1");
        assertThat(document.object("info").orElseThrow().text("version"))
                .contains(served.host.status().version());
    }

    @Test
    void everyOperationHasANameOfItsOwnAndDeclaresWhatItsPathNames() {
        Set<String> names = new HashSet<>();
        for (Operation operation : operations()) {
            assertThat(names.add(operation.json().text("operationId").orElseThrow()))
                    .as(operation.path())
                    .isTrue();
            Set<String> declared = new HashSet<>();
            operation.json().array("parameters").orElse(JsonArray.EMPTY).values().stream()
                    .map(JsonObject.class::cast)
                    .filter(parameter -> parameter.text("in").orElseThrow().equals("path"))
                    .forEach(parameter -> declared.add(parameter.text("name").orElseThrow()));
            Matcher variables = VARIABLE.matcher(operation.path());
            Set<String> named = new HashSet<>();
            while (variables.find()) {
                named.add(variables.group(1));
            }
            assertThat(declared).as(operation.path()).isEqualTo(named);
        }
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        JsonObject schemas =
                document.object("components").orElseThrow().object("schemas").orElseThrow();
        List<String> references = new ArrayList<>();
        collectReferences(document, references);

        assertThat(references).isNotEmpty();
        assertThat(references)
                .allSatisfy(reference -> assertThat(schemas.has(reference.substring("#/components/schemas/".length())))
                        .as(reference)
                        .isTrue());
    }

    @Test
    void anOperationThatNeedsATokenSaysSoAndRefusesWithoutOne() {
        for (Operation operation : operations()) {
            boolean open = operation.json().array("security").orElseThrow().size() == 0;
            int status = served.send(
                            null,
                            operation.method(),
                            operation.path().replace("{id}", "probe").replaceAll("\\{\\w+}", "1"),
                            BodyPublishers.noBody(),
                            "")
                    .status();

            assertThat(status == 401)
                    .as(operation.method() + " " + operation.path())
                    .isEqualTo(!open);
            assertThat(operation.responses().has("401")).isEqualTo(!open);
        }
    }

    /** Whatever can be looked at is looked at, and is as the document has it. */
    @Test
    void whatIsAnsweredFitsItsSchema() {
        served.pass("ingress", "pre_flight");
        served.put(Role.OPERATOR, "/api/v1/plugins/doorman/placements/ingress", "{\"priority\":3}");
        served.post(Role.OPERATOR, "/api/v1/functions/greet", "");
        served.post(Role.OPERATOR, "/api/v1/functions/break_", "");
        served.post(Role.OPERATOR, "/api/v1/plugins/probe/reload", "");
        int checked = 0;
        for (Operation operation : operations()) {
            boolean isPlugins = operation.path().startsWith("/{prefix}");
            if (!operation.method().equals("GET") || operation.path().equals("/metrics") || isPlugins) {
                continue;
            }
            String path = operation
                    .path()
                    .replace("{id}", "probe")
                    .replace("{ring}", "ingress")
                    .replace("{name}", "greet")
                    .replace("{number}", "1");
            Reply reply =
                    served.send(Role.ADMIN, "GET", path, BodyPublishers.noBody(), "", "Accept", "application/json");

            assertThat(reply.status()).as(path).isEqualTo(200);
            assertFits(operation, reply);
            checked++;
        }
        assertThat(checked).isGreaterThan(15);
    }

    @Test
    void changesAndProblemsFitTheirSchemasToo() {
        for (String body :
                List.of("{\"name\":\"probe\",\"enabled\":false}", "{}", "{\"name\":\"gone\",\"enabled\":true}")) {
            Reply reply = served.post(Role.OPERATOR, "/api/v1/plugins/toggle", body);

            assertFits(operation("POST", "/api/v1/plugins/toggle"), reply);
        }
        Operation place = operation("PUT", "/api/v1/plugins/{id}/placements/{point}");
        String doorman = "/api/v1/plugins/doorman/placements/";
        assertFits(place, served.put(Role.OPERATOR, doorman + "ingress?plan=true", "{\"priority\":3}"));
        assertFits(place, served.put(Role.OPERATOR, doorman + "ingress", "{\"fail_policy\":\"open\"}"));
        assertFits(place, served.put(Role.OPERATOR, doorman + "post_flight", "{}"));
        assertFits(
                operation("DELETE", "/api/v1/plugins/{id}/placements/{point}"),
                served.delete(Role.OPERATOR, doorman + "ingress"));
        assertFits(
                operation("POST", "/api/v1/plugins/toggle"),
                served.post(
                        Role.OPERATOR, "/api/v1/plugins/toggle?plan=true", "{\"name\":\"probe\",\"enabled\":true}"));
    }

    private void assertFits(Operation operation, Reply reply) {
        JsonObject response =
                operation.responses().object(Integer.toString(reply.status())).orElseThrow();
        String type = reply.header("Content-Type");
        JsonObject schema = response.object("content")
                .orElseThrow()
                .object(type)
                .orElseThrow(() -> new AssertionError(operation.path() + " does not document " + type))
                .object("schema")
                .orElseThrow();
        JsonObject whole =
                JsonObject.of("components", document.get("components").orElseThrow());
        for (var member : schema.members().entrySet()) {
            whole = whole.with(member.getKey(), member.getValue());
        }
        Schema validator = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(whole.toString(), InputFormat.JSON);
        assertThat(validator.validate(reply.text(), InputFormat.JSON))
                .as(operation.method() + " " + operation.path() + ": " + reply.text())
                .isEmpty();
    }

    private Operation operation(String method, String path) {
        return operations().stream()
                .filter(one -> one.method().equals(method) && one.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        document.object("paths")
                .orElseThrow()
                .members()
                .forEach((path, methods) -> ((JsonObject) methods)
                        .members()
                        .forEach((method, operation) -> operations.add(
                                new Operation(method.toUpperCase(Locale.ROOT), path, (JsonObject) operation))));
        return operations;
    }

    private static void collectReferences(JsonValue value, List<String> references) {
        switch (value) {
            case JsonObject object ->
                object.members().forEach((name, member) -> {
                    if (name.equals("$ref") && member instanceof JsonString(String reference)) {
                        references.add(reference);
                    }
                    collectReferences(member, references);
                });
            case JsonArray array -> array.values().forEach(element -> collectReferences(element, references));
            default -> {
                // Has no members.
            }
        }
    }

    private record Operation(String method, String path, JsonObject json) {
        JsonObject responses() {
            return json.object("responses").orElseThrow();
        }
    }
}
