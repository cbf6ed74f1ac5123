package dev.mortise.cli.serve;

import dev.mortise.cli.client.DataDirectory;
import dev.mortise.gateway.GatewaySettings;
import dev.mortise.host.HostSettings;
import dev.mortise.server.ServerSettings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is to be served, and how.
 *
 * @param nativeLibraries where a distribution has unpacked native code of libraries
 * @param catalog packages to install by name
 * @param gateway how requests for language models are dealt with
 * @param clean whether the host starts without plugins and forgets everything at its end, the data directory's own
 *     history being left alone
 * @param shippedPlugins whether a new data directory gets the shipped plugins
 */
record ServeSettings(
        DataDirectory data,
        Optional<Path> nativeLibraries,
        Optional<Path> catalog,
        ServerSettings server,
        HostSettings host,
        GatewaySettings gateway,
        boolean clean,
        boolean shippedPlugins) {}
