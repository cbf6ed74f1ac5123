package dev.mortise.host.packages;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One HTTP/1.1 GET over one connection to an address that the caller has checked. The JDK's own clients look the name up
 * a second time when they connect, and may get another answer then; that is why this does not use them. Redirects are
 * left to the caller. Close it to close the connection.
 */
final class HttpGet implements AutoCloseable {

    private static final int CONNECT_MILLIS = 10_000;
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    private final Socket socket;
    private final HttpHead head;
    private final InputStream in;

    private HttpGet(Socket socket, HttpHead head, InputStream in) {
        this.socket = socket;
        this.head = head;
        this.in = in;
    }

    /**
     * Sends the request to the first address that answers, and reads the head of the response. For {@code https} the
     * server must prove to be the URL's host.
     */
    static HttpGet send(URI url, List<InetAddress> addresses, Supplier<SSLSocketFactory> tls, DownloadDeadline deadline)
            throws IOException {
        Socket connection = connect(addresses, portOf(url), deadline);
        try {
            Socket socket = isHttps(url) ? secure(connection, url, tls.get()) : connection;
            socket.getOutputStream().write(request(url).getBytes(StandardCharsets.US_ASCII));
            InputStream in = new BufferedInputStream(socket.getInputStream());
            return new HttpGet(socket, HttpHead.read(in), in);
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    HttpHead head() {
        return head;
    }

    /** The body as it comes: a content encoding is not undone. */
    InputStream body() throws ProtocolException {
        if (head.isChunked()) {
            return new ChunkedBody(in);
        }
        return head.contentLength().isPresent()
                ? new FixedBody(in, head.contentLength().getAsLong())
                : in;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static Socket connect(List<InetAddress> addresses, int port, DownloadDeadline deadline) throws IOException {
        IOException failure = new ConnectException("it has no address");
        for (InetAddress address : addresses) {
            Socket socket = new Socket(Proxy.NO_PROXY);
            try {
                deadline.watch(socket);
                socket.connect(
                        new InetSocketAddress(address, port), Math.min(CONNECT_MILLIS, deadline.remainingMillis()));
                return socket;
            } catch (IOException e) {
                socket.close();
                failure = e;
            }
        }
        throw failure;
    }

    private static Socket secure(Socket connection, URI url, SSLSocketFactory tls) throws IOException {
        SSLSocket socket = (SSLSocket) tls.createSocket(connection, hostOf(url), portOf(url), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static String request(URI url) {
        URI ascii = URI.create(url.toASCIIString());
        String path = ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
        String query = ascii.getRawQuery() == null ? "" : "?" + ascii.getRawQuery();
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return "GET " + path + query + " HTTP/1.1\r\n"
                + "Host: " + url.getHost() + port + "\r\n"
                + "User-Agent: mortise\r\n"
                + "Accept: */*\r\n"
                + "Accept-Encoding: identity\r\n"
                + "Connection: close\r\n\r\n";
    }

    /** The host as names are looked up: without the brackets of an IPv6 address and without the dot of a full name. */
    static String hostOf(URI url) {
        String host = HostPattern.normalize(url.getHost());
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static int portOf(URI url) {
        if (url.getPort() >= 0) {
            return url.getPort();
        }
        return isHttps(url) ? HTTPS_PORT : HTTP_PORT;
    }

    private static boolean isHttps(URI url) {
        return url.getScheme().equalsIgnoreCase("https");
    }
}
