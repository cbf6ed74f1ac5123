package dev.mortise.server.listen;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Gets the thread that accepts connections out of {@code accept} before the web server interrupts it there. The JDK
 * forgets what has just been accepted when an interrupt comes at that moment: the connection stays open for as long as
 * the process lives, and its client waits for an answer that nobody will give. Safe for use by several threads.
 */
final class AcceptHold {

    private static final System.Logger LOG = System.getLogger(AcceptHold.class.getName());
    private static final int PATIENCE_MILLIS = 1000;

    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch never = new CountDownLatch(1);
    private volatile boolean holding;

    /**
     * Called by the accepting thread with each connection.
     *
     * @throws CancellationException if it was held: what it has accepted is to be closed
     */
    void pass() {
        if (!holding) {
            return;
        }
        held.countDown();
        try {
            never.await();
        } catch (InterruptedException e) {
            throw new CancellationException("the server closes");
        }
    }

    /** Holds the accepting thread until it is interrupted. One that waits for its number of connections to fall is let be. */
    void hold(InetAddress listening, int port) {
        holding = true;
        InetAddress door = listening.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : listening;
        try (Socket knock = new Socket()) {
            knock.connect(new InetSocketAddress(door, port), PATIENCE_MILLIS);
            if (!held.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.log(Level.DEBUG, "no connection was accepted any more: there are too many");
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "nobody could be asked to accept a last connection", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
