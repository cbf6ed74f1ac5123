package dev.mortise.host.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.json.JsonCodec;
import dev.mortise.host.json.JsonSchemas;
import dev.mortise.host.manifest.ManifestReader;
import dev.mortise.host.model.Manifest;
import dev.mortise.host.model.PluginId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PluginConfigurationTest {

    private static final JsonSchemas SCHEMAS = new JsonSchemas();

    private static final String FORM = """
            'ui_schema':[
              {'key':'name','type':'text','default':'world'},
              {'key':'rpm','type':'number','min':1,'max':100,'default':60},
              {'key':'strict','type':'boolean'},
              {'key':'action','type':'select','options':['block','warn'],'default':'block'},
              {'key':'prompt','type':'textarea'},
              {'key':'topics','type':'array','default':[]},
              {'key':'roles','type':'array','options':['user','system']},
              {'key':'token','type':'text','secret':true}]
            """;

    private static final String SCHEMA = """
            'config_schema':{'type':'object','required':['host'],'properties':{
              'host':{'type':'string','minLength':1},
              'port':{'type':'integer','default':25},
              'tls':{'type':'object','properties':{'on':{'type':'boolean','default':true},'cert':{'type':'string'}}},
              'password':{'type':'object','writeOnly':true,'properties':{'text':{'type':'string'}}}}}
            """;

    @Test
    void theOperatorsValuesLieOnTheManifestsAndThoseOnTheDefaults() {
        PluginConfiguration configuration = configuration(FORM + ",'config':{'rpm':10,'limits':{'a':1,'b':2}}");

        assertThat(configuration.defaults())
                .isEqualTo(json("{'name':'world','rpm':10,'action':'block','topics':[],'limits':{'a':1,'b':2}}"));
        assertThat(configuration.effective(json("{'rpm':5,'limits':{'a':9}}")).orThrow())
                .isEqualTo(json("{'name':'world','rpm':5,'action':'block','topics':[],'limits':{'a':9}}"));
    }

    @Test
    void theDefaultsOfTheSchemaLieAtTheBottom() {
        PluginConfiguration configuration =
                configuration(SCHEMA + ",'ui_schema':[{'key':'port','type':'number','default':587}]");

        assertThat(configuration
                        .effective(json("{'host':'h','tls':{'cert':'c'}}"))
                        .orThrow())
                .isEqualTo(json("{'host':'h','port':587,'tls':{'cert':'c','on':true}}"));
        assertThat(configuration(SCHEMA).defaults()).isEqualTo(json("{'port':25}"));
    }

    static Stream<Arguments> wrongInTheForm() {
        return Stream.of(
                arguments("{'name':5}", "name", "/name", "must be text, is a number"),
                arguments("{'name':null}", "name", "/name", "must be text, is null"),
                arguments("{'rpm':'60'}", "rpm", "/rpm", "must be a number, is text"),
                arguments("{'rpm':0}", "rpm", "/rpm", "must be at least 1"),
                arguments("{'rpm':100.5}", "rpm", "/rpm", "must be at most 100"),
                arguments("{'strict':'true'}", "strict", "/strict", "must be true or false, is text"),
                arguments("{'action':'log'}", "action", "/action", "must be one of block, warn"),
                arguments("{'action':true}", "action", "/action", "must be text, is true or false"),
                arguments("{'prompt':[]}", "prompt", "/prompt", "must be text, is a list"),
                arguments("{'topics':'a'}", "topics", "/topics", "must be a list, is text"),
                arguments(
                        "{'topics':[{}]}",
                        "topics",
                        "/topics",
                        "must hold text, numbers, true or false, holds an object"),
                arguments("{'roles':['admin']}", "roles", "/roles", "must be one of user, system"),
                arguments("{'token':5}", "token", "/token", "must be text, is a number"),
                arguments(
                        "{'topic':[]}",
                        "topic",
                        "/topic",
                        "is not a key of this configuration; did you mean 'topics'?"),
                arguments(
                        "{'colour':1}",
                        "colour",
                        "/colour",
                        "is not a key of this configuration; known are name, rpm, strict, action, prompt, topics, roles, token"));
    }

    @ParameterizedTest
    @MethodSource("wrongInTheForm")
    void valuesThatTheFormDoesNotAllowAreRefused(String values, String key, String pointer, String message) {
        Problem problem = problem(configuration(FORM).effective(json(values)));

        assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_CONFIG);
        assertThat(problem.plugin()).contains(new PluginId("my-plugin"));
        assertThat(problem.details().array("errors"))
                .contains(new JsonArray(List.of(
                        JsonObject.of("key", key).with("pointer", pointer).with("message", message))));
        assertThat(problem.message())
                .isEqualTo("the configuration of plugin 'my-plugin' is refused: '" + key + "' " + message);
    }

    static Stream<Arguments> wrongInTheSchema() {
        return Stream.of(
                arguments("{}", "host", "/host", "is missing"),
                arguments("{'host':''}", "host", "/host", "must be at least 1 characters long"),
                arguments("{'host':'h','tls':{'on':'yes'}}", "tls", "/tls/on", "must be boolean, is string"),
                arguments(
                        "{'host':'h','prot':5}",
                        "prot",
                        "/prot",
                        "is not a key of this configuration; did you mean 'port'?"),
                arguments(
                        "{'host':'h','password':{'text':5}}",
                        "password",
                        "/password",
                        "does not fit the configuration's schema"));
    }

    @ParameterizedTest
    @MethodSource("wrongInTheSchema")
    void valuesThatTheSchemaDoesNotAllowAreRefused(String values, String key, String pointer, String message) {
        assertThat(errors(configuration(SCHEMA).effective(json(values))))
                .contains(new JsonArray(List.of(
                        JsonObject.of("key", key).with("pointer", pointer).with("message", message))));
    }

    @Test
    void allMistakesAreReportedAtOnce() {
        Problem problem = problem(configuration(FORM).effective(json("{'rpm':0,'action':'x','nmae':1}")));

        assertThat(problem.details().array("errors").orElseThrow().values())
                .extracting(error -> ((JsonObject) error).text("key").orElseThrow())
                .containsExactly("rpm", "action", "nmae");
        assertThat(problem.message()).endsWith("'rpm' must be at least 1 (and 2 more)");
    }

    @Test
    void aKeyThatFormAndSchemaDeclareIsReportedOnce() {
        PluginConfiguration configuration = configuration(
                "'ui_schema':[{'key':'port','type':'number','max':9}],'config_schema':{'properties':{'port':{'maximum':9}}}");

        assertThat(errors(configuration.effective(json("{'port':10}")))
                        .orElseThrow()
                        .size())
                .isEqualTo(1);
    }

    @Test
    void anyKeyWillDoWhereNothingIsDeclared() {
        assertThat(configuration("'config':{'a':1}").effective(json("{'b':2}")).orThrow())
                .isEqualTo(json("{'a':1,'b':2}"));
    }

    static Stream<String> openSchemas() {
        return Stream.of(
                "{'properties':{'a':{}},'additionalProperties':true}",
                "{'properties':{'a':{}},'additionalProperties':{'type':'integer'}}",
                "{'properties':{'a':{}},'patternProperties':{'^x':{}}}",
                "{'properties':{'a':{}},'anyOf':[{'properties':{'x':{}}},{}]}",
                "{'type':'object'}");
    }

    @ParameterizedTest
    @MethodSource("openSchemas")
    void otherKeysWillDoWhereTheSchemaLetsThemIn(String schema) {
        assertThat(configuration("'config_schema':" + schema).effective(json("{'x':1}")))
                .isInstanceOf(Result.Ok.class);
    }

    @Test
    void keysThatTheManifestGivesAreDeclaredByThat() {
        PluginConfiguration configuration = configuration(FORM + ",'config':{'model_limits':{}}");

        assertThat(configuration.effective(json("{'model_limits':{'m':5}}"))).isInstanceOf(Result.Ok.class);
        assertThat(configuration.effective(json("{'model_limit':{}}"))).isInstanceOf(Result.Refused.class);
    }

    @Test
    void secretsAreShownAsAMask() {
        PluginConfiguration configuration = configuration(FORM);

        assertThat(configuration.masked(json("{'name':'n','token':'hunter2'}")))
                .isEqualTo(json("{'name':'n','token':'********'}"));
        assertThat(configuration.masked(json("{'token':''}"))).isEqualTo(json("{'token':''}"));
        assertThat(configuration.masked(json("{'name':'n'}"))).isEqualTo(json("{'name':'n'}"));
        assertThat(configuration(SCHEMA).masked(json("{'host':'h','password':{'text':'hunter2'}}")))
                .isEqualTo(json("{'host':'h','password':'********'}"));
    }

    @Test
    void aMaskThatComesBackKeepsTheSecret() {
        PluginConfiguration configuration = configuration(FORM);
        JsonObject current = json("{'name':'old','token':'hunter2'}");

        assertThat(configuration.unmasked(json("{'name':'new','token':'********'}"), current))
                .isEqualTo(json("{'name':'new','token':'hunter2'}"));
        assertThat(configuration.unmasked(json("{'token':'hunter3'}"), current)).isEqualTo(json("{'token':'hunter3'}"));
        assertThat(configuration.unmasked(json("{'token':''}"), current)).isEqualTo(json("{'token':''}"));
        assertThat(configuration.unmasked(json("{}"), current)).isEqualTo(json("{}"));
        assertThat(configuration.unmasked(json("{'token':'********'}"), JsonObject.EMPTY))
                .isEqualTo(JsonObject.EMPTY);
        assertThat(configuration.unmasked(json("{'name':'********'}"), current)).isEqualTo(json("{'name':'********'}"));
    }

    @Test
    void whatIsShownAndSentBackChangesNothing() {
        for (String fields : List.of(FORM, SCHEMA)) {
            PluginConfiguration configuration = configuration(fields);
            JsonObject current = json("{'token':'hunter2','password':{'text':'x'},'name':'n','topics':['a']}");

            assertThat(configuration.unmasked(configuration.masked(current), current))
                    .isEqualTo(current);
        }
    }

    @Test
    void noMessageHoldsASecret() {
        assertThat(problem(configuration(FORM).effective(json("{'token':['hunter2']}")))
                        .toString())
                .doesNotContain("hunter2");
        assertThat(problem(configuration(SCHEMA).effective(json("{'host':'h','password':{'text':['hunter2']}}")))
                        .toString())
                .doesNotContain("hunter2");
        assertThat(problem(configuration(
                                        "'config_schema':{'properties':{'s':{'writeOnly':true,'additionalProperties':false}}}")
                                .effective(json("{'s':{'hunter2':1}}")))
                        .toString())
                .doesNotContain("hunter2");
    }

    @Test
    void aManifestThatWasNeverReadMayHaveABadSchema() {
        Manifest good = manifest("'name':'x'");
        Manifest bad = new Manifest(
                good.id(),
                good.name(),
                good.version(),
                good.description(),
                good.author(),
                good.license(),
                good.runtime(),
                good.entryPoint(),
                good.className(),
                good.dependencies(),
                good.requires(),
                good.exports(),
                good.permissions(),
                good.limits(),
                good.hooks(),
                good.capabilities(),
                good.webhookPrefix(),
                good.services(),
                good.config(),
                Optional.of(json("{'type':5}")),
                good.uiSchema(),
                good.enabled());

        assertThat(PluginConfiguration.of(bad, SCHEMAS)).isInstanceOfSatisfying(Result.Refused.class, refused -> {
            assertThat(refused.problem().code()).isEqualTo(ProblemCode.INVALID_MANIFEST);
            assertThat(refused.problem().message()).startsWith("the config_schema of plugin 'my-plugin': ");
        });
    }

    private static PluginConfiguration configuration(String fields) {
        return PluginConfiguration.of(manifest(fields), SCHEMAS).orThrow();
    }

    private static Manifest manifest(String fields) {
        return new ManifestReader(SCHEMAS)
                .read(json("{'id':'my-plugin'," + fields + "}"))
                .orThrow();
    }

    private static JsonObject json(String text) {
        return (JsonObject) JsonCodec.STANDARD.parse(text.replace('\'', '"')).orThrow();
    }

    private static Optional<JsonArray> errors(Result<JsonObject> result) {
        return problem(result).details().array("errors");
    }

    private static Problem problem(Result<JsonObject> result) {
        return switch (result) {
            case Result.Refused<JsonObject>(Problem problem) -> problem;
            case Result.Ok<JsonObject>(JsonObject values) -> throw new AssertionError("was accepted: " + values);
        };
    }
}
