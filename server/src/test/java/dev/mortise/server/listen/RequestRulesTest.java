package dev.mortise.server.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Role;
import dev.mortise.server.RawConnection;
import dev.mortise.server.route.Answer;
import dev.mortise.server.route.Field;
import dev.mortise.server.route.Parameter;
import dev.mortise.server.route.Payload;
import dev.mortise.server.route.Route;
import dev.mortise.server.route.Shape;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request has to be like, whichever operation it is for. */
class RequestRulesTest {

    private static final Parameter<Long> LIMIT = Parameter.numberInQuery("limit", "How many.", 1, 10);
    private static final Parameter<Boolean> PLAN = Parameter.flagInQuery("plan", "Only plan.");
    private static final Parameter<Long> PATIENCE = Parameter.numberInHeader("Patience", "How long.", 1, 10);
    private static final Parameter<String> NAME =
            Parameter.inPath("name", "A name.", JsonObject.EMPTY, "a name", t -> t);
    private static final Field<String> TEXT = Field.text("text", "Some text.").mandatory();
    private static final Field<Boolean> FLAG = Field.flag("flag", "A flag.");

    private final HttpClient client = HttpClient.newHttpClient();
    private final TestService server = TestService.with(
            Route.get("/things")
                    .takes(LIMIT, PLAN, PATIENCE)
                    .by(call ->
                            Answer.ok(JsonObject.of("limit", call.find(LIMIT).orElse(5L)))),
            Route.post("/things")
                    .changes("make")
                    .needs(Role.OPERATOR)
                    .takes(new Payload.Json(Shape.of(TEXT, FLAG)))
                    .by(call -> Answer.ok(JsonObject.of("text", call.get(TEXT)))),
            Route.get("/things/{name}").takes(NAME).by(call -> Answer.ok(JsonObject.of("name", call.get(NAME)))),
            Route.get("/things/special").by(_ -> Answer.ok(JsonObject.of("special", true))),
            Route.get("/broken").by(_ -> {
                throw new IllegalStateException("the secret is 42");
            }));

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void aPathThatNothingIsAtIsNotFound() throws Exception {
        HttpResponse<String> answer = get("/nowhere/at/all");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("\"code\":\"not_found\"", "/nowhere/at/all", "/openapi.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"})
    void aMethodThatAPathDoesNotTakeIsRefusedWithThoseThatItTakes(String method) throws Exception {
        HttpResponse<String> answer = send(request("/things").method(method, BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD, POST");
        assertThat(answer.body()).contains("\"code\":\"method_not_allowed\"");
    }

    @Test
    void aPathThatIsSpeltOutIsNotTakenForAVariable() throws Exception {
        assertThat(get("/things/special").body()).isEqualTo("{\"special\":true}");
        assertThat(get("/things/other").body()).isEqualTo("{\"name\":\"other\"}");
    }

    @Test
    void aSlashAtTheEndMakesNoDifference() throws Exception {
        assertThat(get("/things/").body()).isEqualTo("{\"limit\":5}");
    }

    @Test
    void namesArePercentDecodedWithinTheirSegment() throws Exception {
        assertThat(get("/things/a%2Fb%20%C3%A4").body()).isEqualTo("{\"name\":\"a/b ä\"}");
    }

    @Test
    void headIsAnsweredAsGetIsButForTheBody() throws Exception {
        HttpResponse<String> get = get("/things?limit=3");
        HttpResponse<String> head = send(request("/things?limit=3").method("HEAD", BodyPublishers.noBody()));

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("Content-Length"))
                .isEqualTo(get.headers().firstValue("Content-Length"))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            /things?limit=abc      | the query parameter limit must be a whole number from 1 to 10, not 'abc'
            /things?limit=0        | the query parameter limit must be a whole number from 1 to 10, not '0'
            /things?limit=11       | the query parameter limit must be a whole number from 1 to 10, not '11'
            /things?limit=%2B5     | the query parameter limit must be a whole number from 1 to 10, not '+5'
            /things?limit=05       | the query parameter limit must be a whole number from 1 to 10, not '05'
            /things?limit=         | the query parameter limit must be a whole number from 1 to 10, not ''
            /things?limit          | the query parameter limit must be a whole number from 1 to 10, not ''
            /things?plan=yes       | the query parameter plan must be true or false, not 'yes'
            /things?limit=1&limit=2| the query parameter limit is given more than once
            /things?plna=true      | there is no query parameter 'plna' here; there is limit, plan
            /things/special?a=b    | there is no query parameter 'a' here
            """)
    void aQueryThatIsNotUnderstoodIsRefused(String target, String detail) throws Exception {
        HttpResponse<String> answer = get(target);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":\"invalid_request\"", detail);
    }

    @Test
    void aHeaderIsReadLikeAParameter() throws Exception {
        assertThat(send(request("/things").header("Patience", "soon")).body())
                .contains("the header Patience must be a whole number from 1 to 10");
        assertThat(send(request("/things").header("Patience", "1").header("Patience", "2"))
                        .body())
                .contains("the header Patience is given more than once");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {                        | 400 | invalid_json
            {"text": "a"} x          | 400 | invalid_json
            {"text": 'a'}            | 400 | invalid_json
            {"text":"a","text":"b"}  | 400 | invalid_json
            []                       | 422 | invalid_body
            null                     | 422 | invalid_body
            {}                       | 422 | the body lacks the member text
            {"text": 1}              | 422 | the body's member text must be text
            {"text": null}           | 422 | the body's member text must be text
            {"text":"a","flag":"x"}  | 422 | the body's member flag must be true or false
            {"text":"a","other":1}   | 422 | the body has no member 'other'; it takes text, flag
            """)
    void aBodyThatIsNotUnderstoodIsRefused(String body, int status, String expected) throws Exception {
        HttpResponse<String> answer = post("/things", body.replace('\u0000', ' '));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(expected);
    }

    @Test
    void brokenJsonIsRefusedWithItsPlace() throws Exception {
        assertThat(post("/things", "{\n  \"text\": oops\n}").body()).contains("\"line\":2", "\"column\":");
    }

    @Test
    void jsonThatIsNotUtf8IsRefused() throws Exception {
        HttpResponse<String> answer = send(request("/things")
                .header("Authorization", "Bearer operator")
                .POST(BodyPublishers.ofByteArray(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'})));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("invalid_json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/json; charset=utf-16", "nonsense", "*/*"})
    void aBodyOfAnotherTypeIsRefused(String type) throws Exception {
        HttpResponse<String> answer = send(
                operator("/things").header("Content-Type", type).POST(BodyPublishers.ofString("{\"text\":\"a\"}")));

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.body()).contains("\"code\":\"unsupported_media_type\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json;charset=UTF-8",
                "application/json; charset=\"utf-8\"",
                "application/merge-patch+json",
                "application/x-www-form-urlencoded"
            })
    void jsonIsTakenUnderItsNamesAndUnderTheOneThatCurlGivesIt(String type) throws Exception {
        HttpResponse<String> answer = send(
                operator("/things").header("Content-Type", type).POST(BodyPublishers.ofString("{\"text\":\"a\"}")));

        assertThat(answer.body()).isEqualTo("{\"text\":\"a\"}");
    }

    @Test
    void whatIsBrokenInsideIsNotShownOutside() throws Exception {
        HttpResponse<String> answer = get("/broken");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body())
                .contains("\"code\":\"internal\"", "\"incident\":")
                .doesNotContain("secret", "Exception", "dev.mortise");
    }

    @Test
    void everyAnswerSaysHowItMayBeUsed() throws Exception {
        for (HttpResponse<String> answer : List.of(get("/things"), get("/nowhere"), get("/broken"))) {
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(answer.headers().firstValue("Content-Security-Policy"))
                    .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'none'"));
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:1",
                "LocalHost",
                "app.localhost",
                "127.0.0.1",
                "127.1.2.3:80",
                "[::1]",
                "[::1]:80",
                "mortise.example"
            })
    void aLoopbackServerAnswersToItsOwnNames(String host) throws IOException {
        assertThat(getAs(host).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "127.0.0.1.evil.example:80",
                "10.0.0.1",
                "[::2]",
                "notlocalhost"
            })
    void aLoopbackServerDoesNotAnswerToOtherNames(String host) throws IOException {
        RawConnection.Answer answer = getAs(host);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("\"code\":\"permission_denied\"", "does not answer to the name");
    }

    private RawConnection.Answer getAs(String host) throws IOException {
        try (RawConnection connection = RawConnection.to(server.url())) {
            return connection
                    .send("GET /things HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                    .read();
        }
    }

    private HttpResponse<String> get(String target) throws Exception {
        return send(request(target));
    }

    private HttpResponse<String> post(String target, String body) throws Exception {
        return send(operator(target).POST(BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder operator(String target) {
        return request(target).header("Authorization", "Bearer operator");
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(server.url().resolve(target));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
