package dev.mortise.server.listen;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;

/**
 * Takes every connection for HTTP/1.1. One that speaks something else then gets an answer that says so, where the web
 * server by itself would hang up.
 */
final class EveryConnection implements ServerConnectionSelector {

    private final Http1ConnectionSelector http1;
    private final ConnectionWatch watch;

    EveryConnection(Http1Config config, ConnectionWatch watch) {
        this.watch = watch;
        http1 = Http1ConnectionSelector.builder().config(config).build();
    }

    @Override
    public int bytesToIdentifyConnection() {
        return 0;
    }

    @Override
    public Support supports(BufferData data) {
        return Support.SUPPORTED;
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http1.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        watch.reads(context.remotePeer().address(), context.dataReader());
        return http1.connection(context);
    }
}
