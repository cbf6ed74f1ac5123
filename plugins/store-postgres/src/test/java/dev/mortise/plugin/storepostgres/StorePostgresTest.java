package dev.mortise.plugin.storepostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.ServiceException;
import dev.mortise.api.ServiceException.Kind;
import dev.mortise.api.json.JsonObject;
import dev.mortise.contracts.fixture.ServingHost;
import dev.mortise.contracts.operations.Flag;
import dev.mortise.contracts.operations.Store;
import dev.mortise.contracts.operations.StoreContract;
import dev.mortise.plugin.sqlstore.SqlStore;
import dev.mortise.plugin.storepostgres.PostgresDatabase.Access;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The plugin in a host does what every store does, with a real PostgreSQL behind it. */
class StorePostgresTest extends StoreContract {

    private static PostgresServer server;
    private static ServingHost host;

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.start();
        host = ServingHost.of(
                StorePostgres.class,
                JsonObject.of("url", server.url())
                        .with("password", PostgresServer.PASSWORD)
                        .with("timeout_ms", 10_000));
    }

    @AfterAll
    static void stop() throws Exception {
        if (host != null) {
            host.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Override
    protected Store store() {
        return host.service(Store.class);
    }

    private static PostgresDatabase open(String url, String password) {
        return PostgresDatabase.open(new Access(url, "mortise", password), 2, Duration.ofSeconds(2), Clock.systemUTC());
    }

    private static ServiceException failure(Runnable call) {
        try {
            call.run();
        } catch (ServiceException e) {
            assertThat(e.getMessage()).doesNotContain(PostgresServer.PASSWORD);
            return e;
        }
        throw new AssertionError("it succeeded");
    }

    @Test
    void whileTheServerIsAwayItIsUnavailableAndAfterwardsItWorksByItself() throws Exception {
        store().createFlag(Flag.of("kept", true));

        server.down();
        try {
            assertThat(failure(() -> store().flag("kept")).kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(failure(() -> store().ping())).hasMessageContaining("cannot be reached");
        } finally {
            server.up();
        }

        for (int i = 0; i < 100 && !answers(); i++) {
            Thread.sleep(50);
        }
        assertThat(store().flag("kept").enabled()).isTrue();
    }

    private boolean answers() {
        try {
            store().ping();
            return true;
        } catch (ServiceException e) {
            return false;
        }
    }

    @Test
    void whatItHasKeptIsThereAfterASwap() {
        store().createFlag(Flag.of("swapped", true));

        host.reload();

        assertThat(store().flag("swapped").enabled()).isTrue();
    }

    @Test
    void aWrongPasswordIsSaidAndNotShown() {
        try (PostgresDatabase database = open(server.url(), "wrong-password")) {
            ServiceException failure = failure(() -> new SqlStore(database, Clock.systemUTC()).ping());

            assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(failure).hasMessageContaining("refuses user or password").hasMessageNotContaining("wrong-");
        }
    }

    @Test
    void aDatabaseThatDoesNotExistIsSaid() {
        try (PostgresDatabase database = open(server.url().replace("/postgres", "/nowhere"), PostgresServer.PASSWORD)) {
            assertThat(failure(() -> new SqlStore(database, Clock.systemUTC()).ping()))
                    .hasMessageContaining("no such database");
        }
    }

    @Test
    void textThatPostgresCannotKeepIsInvalid() {
        assertThat(failure(() -> store().createFlag(Flag.of("nul\0", true))).kind())
                .isEqualTo(Kind.INVALID);
    }

    @Test
    void aSchemaOfANewerVersionIsLeftAlone() throws Exception {
        store().ping();
        try (Connection connection = DriverManager.getConnection(server.url(), "mortise", PostgresServer.PASSWORD);
                Statement statement = connection.createStatement();
                PostgresDatabase database = open(server.url(), PostgresServer.PASSWORD)) {
            statement.execute("INSERT INTO mortise_store_schema VALUES (99, 'of the future', 'then')");
            assertThat(failure(() -> new SqlStore(database, Clock.systemUTC()).ping()))
                    .hasMessageContaining("newer version");
            statement.execute("DELETE FROM mortise_store_schema WHERE version = 99");
        }
    }

    @Test
    void aUrlThatCannotWorkIsRefused() {
        assertThatThrownBy(() -> open("mysql://x", "p")).hasMessageContaining("url");
        assertThatThrownBy(() -> open("jdbc:postgresql://x/y?password=hidden", "p"))
                .hasMessageContaining("without user and password")
                .hasMessageNotContaining("hidden");
    }
}
