package dev.mortise.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.junit.jupiter.api.Test;

class PositionalSqlTest {

    private final Jdbi jdbi = jdbi();

    private static Jdbi jdbi() {
        Jdbi jdbi = Jdbi.create("jdbc:sqlite::memory:");
        PositionalSql.use(jdbi.getConfig(SqlStatements.class));
        return jdbi;
    }

    @Test
    void argumentsGoToTheQuestionMarksInOrder() {
        assertThat(select("SELECT ? || '-' || ?", "a", "b")).isEqualTo("a-b");
        assertThat(select("SELECT 'none'")).isEqualTo("none");
    }

    @Test
    void theTextIsLeftAlone() {
        assertThat(select("SELECT '<name> :name #name'")).isEqualTo("<name> :name #name");
    }

    @Test
    void aMissingArgumentIsAnError() {
        assertThatThrownBy(() -> select("SELECT ? || ?", "a")).isInstanceOf(JdbiException.class);
    }

    @Test
    void anArgumentTooManyIsAnError() {
        assertThatThrownBy(() -> select("SELECT ?", "a", "b")).isInstanceOf(JdbiException.class);
    }

    private String select(String sql, Object... arguments) {
        return jdbi.withHandle(
                handle -> handle.select(sql, arguments).mapTo(String.class).one());
    }
}
