package dev.mortise.plugin.hostprobe;

import dev.mortise.api.Param;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What has gone through one network interface since it came up. A counter beyond 2^63 - 1 is shown as that. */
public record NetworkCounters(
        @Param(value = "interface") String name,
        @Param(value = "received_bytes") long receivedBytes,
        @Param(value = "received_packets") long receivedPackets,
        @Param(value = "receive_errors") long receiveErrors,
        @Param(value = "receive_dropped") long receiveDropped,
        @Param(value = "sent_bytes") long sentBytes,
        @Param(value = "sent_packets") long sentPackets,
        @Param(value = "send_errors") long sendErrors,
        @Param(value = "send_dropped") long sendDropped) {

    private static final int LEAST_FIELDS = 12;

    /** @param dev the content of {@code /proc/net/dev}; lines of another form are skipped */
    static List<NetworkCounters> parse(String dev) {
        List<NetworkCounters> interfaces = new ArrayList<>();
        for (String line : dev.lines().toList()) {
            // The last colon: aliases have one in their names, and old kernels print no space after it.
            int colon = line.lastIndexOf(':');
            long[] counters = counters(line.substring(colon + 1));
            if (colon > 0 && counters.length >= LEAST_FIELDS) {
                interfaces.add(new NetworkCounters(
                        line.substring(0, colon).strip(),
                        counters[0],
                        counters[1],
                        counters[2],
                        counters[3],
                        counters[8],
                        counters[9],
                        counters[10],
                        counters[11]));
            }
        }
        return interfaces;
    }

    private static long[] counters(String text) {
        String[] words = text.strip().split("\\s+");
        long[] values = new long[words.length];
        for (int i = 0; i < words.length; i++) {
            OptionalLong value = Numerals.counter(words[i]);
            if (value.isEmpty()) {
                return new long[0];
            }
            values[i] = value.getAsLong();
        }
        return values;
    }
}
