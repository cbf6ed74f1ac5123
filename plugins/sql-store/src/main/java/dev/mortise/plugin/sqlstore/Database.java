package dev.mortise.plugin.sqlstore;

import dev.mortise.api.ServiceException;
import java.sql.Connection;
import java.sql.SQLException;

/** A database that lends its connections. Safe for use by several threads. */
public interface Database extends AutoCloseable {

    /** What is done with a connection. */
    @FunctionalInterface
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /**
     * Reads, and sees one state of the database.
     *
     * @param what it is, for the words of a failure, such as {@code read the flags}
     * @throws ServiceException of the kind UNAVAILABLE if the database is away, FAILED otherwise
     */
    <T> T read(String what, Work<T> work);

    /**
     * Does the work in one transaction, which is durable once this returns, and has not happened if this fails.
     *
     * @param what it is, for the words of a failure, such as {@code create the flag 'x'}
     * @throws ServiceException of the kind UNAVAILABLE if the database is away or cannot write, FAILED otherwise
     */
    <T> T write(String what, Work<T> work);

    @Override
    void close();
}
