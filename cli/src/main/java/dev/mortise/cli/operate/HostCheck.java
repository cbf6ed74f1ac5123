package dev.mortise.cli.operate;

import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.CommandFailure;
import dev.mortise.cli.HostOptions;
import dev.mortise.cli.Shell;
import dev.mortise.cli.client.DataDirectory;
import dev.mortise.cli.client.HostAddress;
import dev.mortise.cli.client.HostClient;
import dev.mortise.cli.output.Fields;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Checks the running host, or whether one could be started. */
final class HostCheck {

    private static final int DEFAULT_PORT = 8090;

    private HostCheck() {}

    static List<Finding> of(Shell shell, HostOptions options, DataDirectory data) {
        boolean remote = options.data() == null && shell.variable("MORTISE_URL").isPresent();
        try {
            if (!remote && data.runningHost().isEmpty()) {
                return List.of(
                        Finding.warn("host", "none is running for " + data.path(), "start one with: mortise serve"),
                        port());
            }
            HostAddress address = options.address(shell);
            try (HostClient host = new HostClient(address)) {
                return running(address, host);
            }
        } catch (CommandFailure e) {
            return List.of(Finding.fail("host", e.getMessage(), String.join("; ", e.advice())));
        }
    }

    private static List<Finding> running(HostAddress address, HostClient host) {
        List<Finding> findings = new ArrayList<>();
        JsonObject status = host.get("/api/v1/status");
        findings.add(Finding.ok("host", address.url() + " is " + Fields.text(status, "phase")));
        findings.add(
                address.token().isPresent()
                        ? Finding.ok("token", "accepted")
                        : Finding.warn("token", "there is none", "set MORTISE_TOKEN"));
        long failed = status.integer("failed").orElse(0);
        findings.add(
                failed == 0
                        ? Finding.ok("plugins", Fields.text(status, "active") + " active")
                        : Finding.warn("plugins", failed + " failed", "see why with: mortise list"));
        if (status.integer("leaked").orElse(0) > 0) {
            findings.add(Finding.warn(
                    "memory",
                    Fields.text(status, "leaked") + " stopped instances are still in memory",
                    "`mortise show ID` tells what keeps them"));
        }
        return findings;
    }

    private static Finding port() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), DEFAULT_PORT));
            return Finding.ok("port", DEFAULT_PORT + " is free");
        } catch (IOException e) {
            return Finding.warn(
                    "port", DEFAULT_PORT + " is taken by another program", "use: mortise serve --listen 127.0.0.1:0");
        }
    }
}
