package dev.mortise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.Role;
import dev.mortise.server.ServedHost.Reply;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens: how they are made, used and revoked, and what each of the roles may do. */
class AccessApiTest {

    @TempDir
    Path folder;

    private ServedHost served;

    @BeforeEach
    void start() throws IOException {
        served = ServedHost.in(folder);
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void aTokenWorksFromWhenItIsMadeUntilItIsRevoked() throws Exception {
        Reply made = served.post(Role.ADMIN, "/api/v1/tokens", "{\"name\":\"console\",\"role\":\"viewer\"}");

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        String secret = made.json().text("secret").orElseThrow();
        assertThat(statusWith(secret)).isEqualTo(200);
        Reply list = served.get(Role.ADMIN, "/api/v1/tokens");
        assertThat(list.text())
                .contains("\"console\"", "\"viewer\"", "created_at")
                .doesNotContain(secret);
        assertThat(served.delete(Role.ADMIN, "/api/v1/tokens/console").json().text("name"))
                .contains("console");
        assertThat(statusWith(secret)).isEqualTo(401);
        assertThat(served.delete(Role.ADMIN, "/api/v1/tokens/console").status()).isEqualTo(404);
        assertThat(served.get(Role.ADMIN, "/api/v1/audit").text())
                .contains("\"the-admin\"", "console")
                .doesNotContain(secret);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {"name":"a","role":"root"}            | 422
            {"name":"a"}                          | 422
            {"role":"viewer"}                     | 422
            {"name":"","role":"viewer"}           | 400
            {"name":"with space","role":"viewer"} | 400
            """)
    void aTokenThatMakesNoSenseIsNotMade(String body, int status) {
        assertThat(served.post(Role.ADMIN, "/api/v1/tokens", body).status()).isEqualTo(status);
        assertThat(served.get(Role.ADMIN, "/api/v1/tokens")
                        .json()
                        .array("tokens")
                        .orElseThrow()
                        .size())
                .isEqualTo(3);
    }

    @Test
    void aNameThatIsTakenStaysWithItsToken() {
        Reply reply = served.post(Role.ADMIN, "/api/v1/tokens", "{\"name\":\"the-admin\",\"role\":\"viewer\"}");

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.code()).isEqualTo("name_taken");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /api/v1/status,             VIEWER",
        "GET,    /api/v1/plugins,            VIEWER",
        "GET,    /api/v1/functions,          VIEWER",
        "GET,    /api/v1/traces,             VIEWER",
        "GET,    /metrics,                   VIEWER",
        "POST,   /api/v1/functions/x,        OPERATOR",
        "POST,   /api/v1/plugins/xx/install, OPERATOR",
        "POST,   /api/v1/plugins/hot-swap,   OPERATOR",
        "POST,   /api/v1/plugins/toggle,     OPERATOR",
        "POST,   /api/v1/plugins/rollback,   OPERATOR",
        "PUT,    /api/v1/plugins/xx/config,  OPERATOR",
        "POST,   /api/v1/plugins/xx/reload,  OPERATOR",
        "POST,   /api/v1/plugins/xx/release, OPERATOR",
        "POST,   /api/v1/plugins,            ADMIN",
        "POST,   /api/v1/plugins/install,    ADMIN",
        "POST,   /api/v1/plugins/xx/upgrade, ADMIN",
        "POST,   /api/v1/packages/inspect,   ADMIN",
        "DELETE, /api/v1/plugins/xx,         ADMIN",
        "GET,    /api/v1/audit,              ADMIN",
        "GET,    /api/v1/tokens,             ADMIN",
        "POST,   /api/v1/tokens,             ADMIN",
        "DELETE, /api/v1/tokens/xx,          ADMIN",
    })
    void anOperationIsForItsRoleAndThoseAbove(String method, String path, Role needed) {
        for (Role role : Role.values()) {
            int status =
                    served.send(role, method, path, BodyPublishers.noBody(), "").status();

            assertThat(status == 403).as(role + " got " + status).isEqualTo(!role.includes(needed));
        }
        assertThat(served.send(null, method, path, BodyPublishers.noBody(), "").status())
                .isEqualTo(401);
    }

    private int statusWith(String secret) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(served.at("/api/v1/status"))
                    .header("Authorization", "Bearer " + secret)
                    .build();
            return client.send(request, BodyHandlers.discarding()).statusCode();
        }
    }
}
