package dev.mortise.storage;

import dev.mortise.host.spi.StorageException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import org.jdbi.v3.core.ConnectionFactory;

/**
 * Connections of one sort, each opened when first needed and lent to one thread at a time. Waiting for one cannot be
 * interrupted.
 */
final class ConnectionPool implements ConnectionFactory, AutoCloseable {

    /** Opens a connection. */
    interface Source {
        Connection open() throws SQLException;
    }

    private final int size;
    private final Source source;
    private final Semaphore free;
    private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    ConnectionPool(int size, Source source) {
        this.size = size;
        this.source = source;
        free = new Semaphore(size);
    }

    @Override
    public Connection openConnection() throws SQLException {
        free.acquireUninterruptibly();
        boolean lent = false;
        try {
            if (closed) {
                throw new StorageException("the storage is closed");
            }
            Connection connection = idle.poll();
            if (connection == null) {
                connection = source.open();
            }
            lent = true;
            return connection;
        } finally {
            if (!lent) {
                free.release();
            }
        }
    }

    @Override
    public void closeConnection(Connection connection) throws SQLException {
        try {
            // After a fault, a transaction may be neither committed nor taken back; nobody must continue it.
            if (connection.getAutoCommit()) {
                idle.push(connection);
            } else {
                connection.close();
            }
        } finally {
            free.release();
        }
    }

    /** Waits until all are back; nothing is lent any more. */
    @Override
    public void close() throws SQLException {
        free.acquireUninterruptibly(size);
        try {
            closed = true;
            for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
                connection.close();
            }
        } finally {
            free.release(size);
        }
    }
}
