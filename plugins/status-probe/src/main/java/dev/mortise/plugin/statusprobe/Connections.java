package dev.mortise.plugin.statusprobe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Connects to targets that are granted. The address that was compared with the grants is the one that is connected to: a
 * name that is looked up twice may lead elsewhere the second time.
 */
public final class Connections {

    private final Grants grants;
    private final ExecutorService executor;
    private final ProbeDeadline deadline;

    Connections(Grants grants, ExecutorService executor, ProbeDeadline deadline) {
        this.grants = grants;
        this.executor = executor;
        this.deadline = deadline;
    }

    /**
     * A connection, which is closed when the time is up and otherwise by whoever asked for it.
     *
     * @throws FindingException if the target is not granted, or there is no such host
     * @throws IOException if nobody answers
     */
    public Socket open(Target target) throws FindingException, IOException {
        if (!grants.mayCover(target)) {
            throw notGranted(target, target.host() + " is not granted");
        }
        IOException failure = new IOException("it has no address");
        for (InetAddress address : lookUp(target)) {
            if (!grants.cover(target, address)) {
                throw notGranted(target, address.getHostAddress() + " is not public, and not granted");
            }
            Socket socket = new Socket(Proxy.NO_PROXY);
            try {
                deadline.watch(socket);
                socket.connect(new InetSocketAddress(address, target.port()), deadline.remainingMillis());
                return socket;
            } catch (IOException e) {
                socket.close();
                failure = e;
            }
        }
        throw failure;
    }

    private static FindingException notGranted(Target target, String why) {
        return new FindingException(Finding.unknown(
                target + " may not be connected to: " + why + " by the provider's configuration 'allow'"));
    }

    /** On another thread, because there is no other way to wait for it no longer than wanted. */
    private List<InetAddress> lookUp(Target target) throws FindingException, IOException {
        Future<List<InetAddress>> looking = executor.submit(() -> List.of(InetAddress.getAllByName(target.host())));
        try {
            return looking.get(deadline.remainingMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownHostException) {
                throw new FindingException(Finding.down("there is no host " + target.host()));
            }
            throw new IOException("the name cannot be looked up", e.getCause());
        } catch (TimeoutException e) {
            throw new FindingException(Finding.unknown("nobody says what the address of " + target.host() + " is"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            looking.cancel(true);
        }
    }
}
