package dev.mortise.server.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Role;
import dev.mortise.server.RawConnection;
import dev.mortise.server.route.Answer;
import dev.mortise.server.route.Parameter;
import dev.mortise.server.route.Route;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in, and what is noted of those who do not. */
class AdmissionTest {

    private static final Parameter<String> NAME =
            Parameter.inPath("name", "A name.", JsonObject.EMPTY, "a name", t -> t);

    private static final Route[] ROUTES = {
        Route.get("/open")
                .by(call -> Answer.ok(JsonObject.of("actor", call.actor().name()))),
        Route.get("/seen")
                .needs(Role.VIEWER)
                .by(call -> Answer.ok(JsonObject.of("actor", call.actor().name()))),
        Route.post("/done/{name}")
                .needs(Role.OPERATOR)
                .takes(NAME)
                .changes("do")
                .by(call -> Answer.ok(JsonObject.of(
                        "actor", call.actor().name() + " via " + call.actor().via()))),
        Route.post("/granted/{name}")
                .needs(Role.ADMIN)
                .takes(NAME)
                .changes("grant")
                .by(_ -> Answer.ok(JsonObject.EMPTY))
    };

    @Test
    void anOpenOperationAsksForNothing() throws IOException {
        try (TestService server = TestService.with(ROUTES)) {
            assertThat(call(server, "GET", "/open").body()).isEqualTo("{\"actor\":\"anonymous\"}");
            assertThat(call(server, "GET", "/open", "Authorization: Bearer nonsense")
                            .status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "viewer,   GET,  /seen,          200",
        "operator, GET,  /seen,          200",
        "admin,    GET,  /seen,          200",
        "viewer,   POST, /done/this,     403",
        "operator, POST, /done/this,     200",
        "admin,    POST, /done/this,     200",
        "viewer,   POST, /granted/this,  403",
        "operator, POST, /granted/this,  403",
        "admin,    POST, /granted/this,  200",
        "unknown,  GET,  /seen,          401",
        "unknown,  POST, /done/this,     401",
    })
    void eachRoleMayDoWhatItIncludes(String token, String method, String path, int status) throws IOException {
        try (TestService server = TestService.with(ROUTES)) {
            assertThat(call(server, method, path, "Authorization: Bearer " + token)
                            .status())
                    .isEqualTo(status);
        }
    }

    @Test
    void whoActsIsTheTokensName() throws IOException {
        try (TestService server = TestService.with(ROUTES)) {
            assertThat(call(server, "POST", "/done/this", "Authorization: Bearer admin")
                            .body())
                    .isEqualTo("{\"actor\":\"the-admin via http\"}");
        }
    }

    @Test
    void aRequestWithoutATokenIsToldHowToSendOne() throws IOException {
        try (TestService server = TestService.with(ROUTES)) {
            RawConnection.Answer answer = call(server, "GET", "/seen");

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.headers()).containsEntry("www-authenticate", "Bearer realm=\"mortise\"");
            assertThat(answer.body()).contains("\"code\":\"unauthenticated\"", "Authorization: Bearer");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "admin",
                "Bearer",
                "Bearer ",
                "Bearer admin admin",
                "Bearer admin,operator",
                "Beareradmin",
                "Bearer\tadmin",
                "Basic YWRtaW46YWRtaW4=",
                "Bearer \"admin\"",
                "Bearer admin\r\nAuthorization: Bearer admin",
                "Bearer Admin"
            })
    void aHeaderOfAnotherFormIsNoToken(String header) throws IOException {
        try (TestService server = TestService.with(ROUTES)) {
            RawConnection.Answer answer = call(server, "GET", "/seen", "Authorization: " + header);

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.headers()).containsKey("www-authenticate");
        }
    }

    @Test
    void aVeryLongTokenIsNoToken() throws IOException {
        try (TestService server = TestService.with(ROUTES)) {
            assertThat(call(server, "GET", "/seen", "Authorization: Bearer " + "a".repeat(5000))
                            .status())
                    .isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer viewer", "bearer viewer", "BEARER   viewer", "  Bearer viewer  "})
    void theSchemesCaseAndSpacesDoNotMatter(String header) throws IOException {
        try (TestService server = TestService.with(ROUTES)) {
            assertThat(call(server, "GET", "/seen", "Authorization:" + header).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void refusedChangesAreNotedAndRefusedLooksAreNot() throws IOException {
        try (TestService server = TestService.with(ROUTES)) {
            call(server, "GET", "/seen");
            call(server, "POST", "/done/this");
            call(server, "POST", "/done/this", "Authorization: Bearer viewer");
            call(server, "POST", "/granted/that", "Authorization: Bearer operator");

            assertThat(server.refusals)
                    .containsExactly(
                            "anonymous via http: do this: unauthenticated",
                            "the-viewer via http: do this: permission_denied",
                            "the-operator via http: grant that: permission_denied");
        }
    }

    @Test
    void whoFailsTooOftenIsToldToSlowDownAndNotNotedAnyMore() throws IOException {
        try (TestService server = TestService.strict(3, ROUTES)) {
            for (int i = 0; i < 3; i++) {
                assertThat(call(server, "POST", "/done/this", "Authorization: Bearer guess" + i)
                                .status())
                        .isEqualTo(401);
            }
            RawConnection.Answer answer = call(server, "POST", "/done/this", "Authorization: Bearer guess");

            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.headers()).containsEntry("retry-after", "60");
            assertThat(server.refusals).hasSize(3);
            assertThat(call(server, "POST", "/done/this", "Authorization: Bearer operator")
                            .status())
                    .as("a valid token from the same address")
                    .isEqualTo(200);
        }
    }

    @Test
    void whoMayNotIsNotToldWhetherTheRestOfTheRequestWasRight() throws IOException {
        try (TestService server = TestService.with(ROUTES)) {
            assertThat(call(server, "POST", "/done/this?nonsense=1").status()).isEqualTo(401);
        }
    }

    private static RawConnection.Answer call(TestService server, String method, String path, String... headers)
            throws IOException {
        StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        try (RawConnection connection = RawConnection.to(server.url())) {
            return connection.send(request.append("\r\n").toString()).read();
        }
    }
}
