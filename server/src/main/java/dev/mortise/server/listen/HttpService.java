package dev.mortise.server.listen;

import dev.mortise.server.auth.Admission;
import dev.mortise.server.auth.HostNames;
import dev.mortise.server.route.RouteTable;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** Serves a table of routes. Closing it is a matter of three steps, so that nothing under way is cut off. */
public final class HttpService implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(HttpService.class.getName());

    private final ConnectionWatch watch;
    private final Listener listener;
    private final Gate gate;

    private HttpService(ConnectionWatch watch, Listener listener, Gate gate) {
        this.watch = watch;
        this.listener = listener;
        this.gate = gate;
    }

    /** Does ahead of time what the web server does once in a process. */
    public static void prepare() {
        Listener.prepare();
    }

    /**
     * Begins to serve.
     *
     * @param patience for a request's head, and for each piece of its body and of taking the answer
     * @param idle of a connection between two requests
     * @throws UncheckedIOException if the port cannot be had
     */
    public static HttpService open(
            Endpoint endpoint,
            RouteTable routes,
            HostNames names,
            Admission admission,
            BodyLimits limits,
            Duration patience,
            Duration idle,
            Gate gate,
            AnswerCounts counts) {
        ConnectionWatch watch = new ConnectionWatch(patience, idle, System::nanoTime);
        try {
            long largest = Math.max(limits.largest(), routes.largestBody());
            ContentReader contents = new ContentReader(new BodyReader(watch), limits, largest);
            Dispatcher dispatcher = new Dispatcher(routes, names, admission, contents);
            Exchange exchange = new Exchange(gate, dispatcher, new AnswerWriter(watch), watch, counts);
            return new HttpService(watch, Listener.open(endpoint, largest, watch, exchange), gate);
        } catch (RuntimeException e) {
            watch.close();
            throw e;
        }
    }

    public int port() {
        return listener.port();
    }

    public boolean isSecure() {
        return listener.isSecure();
    }

    /** From now on requests are refused, politely. */
    public void refuseRequests() {
        gate.shut();
    }

    /** Waits for the requests that were let in before. */
    public void drain(Duration deadline) {
        try {
            if (!gate.awaitEmpty(deadline)) {
                LOG.log(
                        Level.WARNING,
                        gate.inside() + " requests are cut off: they did not finish within " + deadline.toSeconds()
                                + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the connections. */
    @Override
    public void close() {
        watch.endReadAhead();
        listener.close();
        watch.close();
    }
}
