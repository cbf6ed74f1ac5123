package dev.mortise.runtime.process.sdk;

import dev.mortise.runtime.process.wire.PluginAddress;
import dev.mortise.runtime.process.wire.SocketFolder;
import io.grpc.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;

/** Where a plugin listens: a Unix socket in the folder that the host names, or on Windows a port of the range. */
record PluginListener(Server server, PluginAddress address) {

    /** Makes the plugin's server listen at an address, whose port may be 0. */
    @FunctionalInterface
    interface Binding {
        Bound to(SocketAddress address) throws IOException;
    }

    /** @param port that was bound, where it is one */
    record Bound(Server server, int port) {}

    static PluginListener listen(StartRequest request, SocketFolder sockets, Binding binding) throws IOException {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows")
                ? port(request, binding)
                : socket(request, sockets, binding);
    }

    private static PluginListener socket(StartRequest request, SocketFolder sockets, Binding binding)
            throws IOException {
        PluginAddress.Unix address = sockets.next();
        PluginListener listener =
                new PluginListener(binding.to(address.socketAddress()).server(), address);
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

    private static PluginListener port(StartRequest request, Binding binding) throws IOException {
        IOException last = new IOException("the host's range of ports is empty");
        for (int port = request.leastPort(); port <= request.greatestPort(); port++) {
            try {
                Bound bound = binding.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return new PluginListener(bound.server(), new PluginAddress.Tcp("127.0.0.1", bound.port()));
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
