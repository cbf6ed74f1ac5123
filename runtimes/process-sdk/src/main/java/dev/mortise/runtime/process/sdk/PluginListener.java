package dev.mortise.runtime.process.sdk;

import dev.mortise.runtime.process.wire.MutualTls;
import dev.mortise.runtime.process.wire.PluginAddress;
import dev.mortise.runtime.process.wire.SocketFolder;
import dev.mortise.runtime.process.wire.Transport;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where a plugin listens: a Unix socket in the folder that the host names, or on Windows a port of the range. */
record PluginListener(Server server, PluginAddress address) {

    static PluginListener listen(
            StartRequest request,
            SocketFolder sockets,
            Transport transport,
            Optional<MutualTls> tls,
            List<ServerServiceDefinition> services)
            throws IOException {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows")
                ? port(request, transport, tls, services)
                : socket(request, sockets, transport, tls, services);
    }

    private static PluginListener socket(
            StartRequest request,
            SocketFolder sockets,
            Transport transport,
            Optional<MutualTls> tls,
            List<ServerServiceDefinition> services)
            throws IOException {
        PluginAddress.Unix address = sockets.next();
        PluginListener listener = new PluginListener(transport.serve(address, tls, services), address);
        if (request.socketGroup().isPresent()) {
            share(address.path(), request.socketGroup().get());
        }
        return listener;
    }

    /** @param group a name or a number */
    private static void share(Path socket, String group) throws IOException {
        if (group.chars().allMatch(Character::isDigit)) {
            Files.setAttribute(socket, "unix:gid", Integer.valueOf(group), LinkOption.NOFOLLOW_LINKS);
        } else {
            Files.getFileAttributeView(socket, PosixFileAttributeView.class)
                    .setGroup(socket.getFileSystem()
                            .getUserPrincipalLookupService()
                            .lookupPrincipalByGroupName(group));
        }
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw----"));
    }

    private static PluginListener port(
            StartRequest request, Transport transport, Optional<MutualTls> tls, List<ServerServiceDefinition> services)
            throws IOException {
        IOException last = new IOException("the host's range of ports is empty");
        for (int port = request.leastPort(); port <= request.greatestPort(); port++) {
            try {
                Server server =
                        transport.serve(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), tls, services);
                return new PluginListener(server, new PluginAddress.Tcp("127.0.0.1", server.getPort()));
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    void close() {
        server.shutdownNow();
        if (address instanceof PluginAddress.Unix(Path path)) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                // The host removes the whole folder.
            }
        }
    }
}
