package dev.mortise.plugin.storepostgres;

import dev.mortise.api.ServiceException;
import dev.mortise.api.ServiceException.Kind;
import dev.mortise.plugin.sqlstore.NewerSchemaException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/** Says what PostgreSQL's error codes (its manual, appendix A) mean to whoever asked, and what to do. */
final class PostgresFaults {

    private PostgresFaults() {}

    static ServiceException failure(String where, String what, SQLException failure) {
        String start = "the store in " + where + " cannot " + what + ": ";
        if (failure instanceof NewerSchemaException) {
            return new ServiceException(Kind.UNAVAILABLE, start + failure.getMessage(), failure);
        }
        Fault fault = fault(code(failure), failure);
        return new ServiceException(fault.kind, start + fault.words, failure);
    }

    private record Fault(Kind kind, String words) {}

    /** Where the pool gave up, what it was told at its last attempt. */
    private static String code(SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && isCode(sql.getSQLState())) {
                return sql.getSQLState();
            }
        }
        return failure instanceof SQLTransientConnectionException ? "08001" : "";
    }

    private static boolean isCode(@Nullable String state) {
        return state != null && state.length() == 5;
    }

    private static Fault fault(String code, SQLException failure) {
        return switch (code) {
            case "53100" -> new Fault(Kind.UNAVAILABLE, "the database's disk is full");
            case "53300" -> new Fault(Kind.UNAVAILABLE, "the database has too many connections");
            case "25006" -> new Fault(Kind.UNAVAILABLE, "the database is read-only; is it a standby?");
            case "40001", "40P01", "55P03" -> new Fault(Kind.UNAVAILABLE, "others were in the way; try again");
            case "3D000" -> new Fault(Kind.UNAVAILABLE, "there is no such database; create it");
            case "42501" -> new Fault(Kind.UNAVAILABLE, "the user may not do that; grant it");
            case "22021", "22023", "22P05" -> new Fault(Kind.INVALID, "PostgreSQL keeps no text with the character 0");
            default -> byClass(code, failure);
        };
    }

    private static Fault byClass(String code, SQLException failure) {
        return switch (code.isEmpty() ? "" : code.substring(0, 2)) {
            case "08", "57" -> new Fault(Kind.UNAVAILABLE, "the database cannot be reached");
            case "28" -> new Fault(Kind.UNAVAILABLE, "the database refuses user or password");
            case "53", "54", "58", "XX" -> new Fault(Kind.UNAVAILABLE, "the database is in trouble (" + code + ")");
            case "" -> new Fault(Kind.UNAVAILABLE, "the connection broke: " + failure.getMessage());
            default -> new Fault(Kind.FAILED, "PostgreSQL reports the error " + code);
        };
    }
}
