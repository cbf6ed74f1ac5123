package dev.mortise.host.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.host.spi.HostStorage.TokenRecord;
import java.time.Instant;
import org.junit.jupiter.api.Test;

interface TokensContract extends StorageUnderTest {

    @Test
    default void aTokenIsFoundByTheHashOfItsSecret() {
        TokenRecord token = token("ci", "operator", "aa".repeat(32));
        tokens().put(token);

        assertThat(tokens().findByHash("aa".repeat(32))).contains(token);
        assertThat(tokens().findByHash("ab".repeat(32))).isEmpty();
        assertThat(tokens().findByHash("")).isEmpty();
    }

    @Test
    default void aNameThatIsTakenIsRefused() {
        TokenRecord token = token("ci", "viewer", "aa".repeat(32));
        tokens().put(token);

        assertThatThrownBy(() -> tokens().put(token("ci", "admin", "bb".repeat(32))))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("'ci'")
                .hasMessageNotContaining("bb".repeat(32));
        assertThat(tokens().all()).containsExactly(token);
    }

    @Test
    default void twoTokensDoNotShareASecret() {
        tokens().put(token("ci", "viewer", "aa".repeat(32)));

        assertThatThrownBy(() -> tokens().put(token("other", "admin", "aa".repeat(32))))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("'other'")
                .hasMessageNotContaining("aa".repeat(32));
        assertThat(tokens().findByHash("aa".repeat(32)).orElseThrow().role()).isEqualTo("viewer");
    }

    @Test
    default void aDeletedTokenIsGoneAndItsNameFree() {
        tokens().put(token("ci", "viewer", "aa".repeat(32)));

        assertThat(tokens().delete("ci")).isTrue();
        assertThat(tokens().delete("ci")).isFalse();
        assertThat(tokens().findByHash("aa".repeat(32))).isEmpty();

        tokens().put(token("ci", "viewer", "cc".repeat(32)));
        assertThat(tokens().findByHash("cc".repeat(32))).isPresent();
    }

    @Test
    default void tokensComeInTheOrderOfTheirNames() {
        tokens().put(token("web", "viewer", "aa".repeat(32)));
        tokens().put(token("ci", "admin", "bb".repeat(32)));

        assertThat(tokens().all()).extracting(TokenRecord::name).containsExactly("ci", "web");
    }

    private HostStorage.Tokens tokens() {
        return storage().tokens();
    }

    private static TokenRecord token(String name, String role, String hash) {
        return new TokenRecord(name, role, hash, Instant.parse("2026-03-01T00:00:00Z"));
    }
}
