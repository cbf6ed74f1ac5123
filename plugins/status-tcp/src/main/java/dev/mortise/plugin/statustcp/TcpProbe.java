package dev.mortise.plugin.statustcp;

import dev.mortise.plugin.statusprobe.Connections;
import dev.mortise.plugin.statusprobe.Finding;
import dev.mortise.plugin.statusprobe.FindingException;
import dev.mortise.plugin.statusprobe.ProbeConfig;
import dev.mortise.plugin.statusprobe.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Connects, and waits for the greeting where one is expected. Heeds {@code host}, {@code port} and {@code expect_banner} of a
 * component's configuration.
 */
public final class TcpProbe {

    private static final int MOST_BYTES = 4096;

    private TcpProbe() {}

    /** As {@link dev.mortise.plugin.statusprobe.Probe#find}. */
    public static Finding find(ProbeConfig config, Connections connections) throws FindingException, IOException {
        String host = config.required("host", "a name or an address");
        String _ = config.required("port", "a number from 1 to 65535");
        Target target = new Target(host, (int) config.number("port", 1, 65_535));
        byte[] expected = config.text("expect_banner", "").getBytes(StandardCharsets.UTF_8);
        try (Socket socket = connections.open(target)) {
            if (expected.length == 0 || greets(socket.getInputStream(), expected)) {
                return Finding.operational("");
            }
            return Finding.down("it does not greet as expected");
        }
    }

    private static boolean greets(InputStream in, byte[] expected) throws IOException {
        ByteArrayOutputStream greeting = new ByteArrayOutputStream();
        byte[] piece = new byte[512];
        String wanted = new String(expected, StandardCharsets.ISO_8859_1);
        while (greeting.size() < MOST_BYTES) {
            int count = in.read(piece);
            if (count < 0) {
                return false;
            }
            greeting.write(piece, 0, count);
            if (greeting.toString(StandardCharsets.ISO_8859_1).contains(wanted)) {
                return true;
            }
        }
        return false;
    }
}
