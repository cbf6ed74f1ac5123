package dev.mortise.runtime.process.contain;

import java.nio.file.Path;

/**
 * Where the two ends of a connection put their sockets. The host's folder is closed to changes by the plugin, so that
 * nothing in it can turn into a link to somewhere else under the host's hands.
 *
 * @param host the plugin only passes through it, and connects to what is in it
 * @param plugin within the host's; made over to the plugin
 */
record SocketFolders(Path host, Path plugin) {}
