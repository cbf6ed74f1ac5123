package dev.mortise.plugin.hostprobe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkCountersTest {

    @Test
    void readsEveryInterface() {
        List<NetworkCounters> interfaces = counters("server");
        assertThat(interfaces)
                .extracting(NetworkCounters::name)
                .containsExactly("lo", "eno1", "docker0", "veth1a2b3c4");
        assertThat(interfaces.get(1))
                .isEqualTo(
                        new NetworkCounters("eno1", 987654321012L, 812345678, 3, 17, 123456789012L, 612345678, 1, 2));
    }

    @Test
    void readsAnOldKernelThatPrintsNoSpaceAfterTheColonAndColonsInNames() {
        List<NetworkCounters> interfaces = counters("kernel-2.6");
        assertThat(interfaces).extracting(NetworkCounters::name).containsExactly("lo", "eth0", "eth0:1");
        assertThat(interfaces.get(1).receivedBytes()).isEqualTo(1215645);
        assertThat(interfaces.get(2).sentBytes()).isEqualTo(88000);
    }

    @Test
    void showsCountersThatDoNotFitAsTheGreatestThatDoes() {
        assertThat(counters("huge-counters"))
                .containsExactly(
                        new NetworkCounters("wwan0", Long.MAX_VALUE, Long.MAX_VALUE, 0, 0, Long.MAX_VALUE, 1, 0, 0));
    }

    @Test
    void skipsLinesOfAnotherForm() {
        assertThat(counters("damaged")).isEmpty();
        assertThat(NetworkCounters.parse("")).isEmpty();
    }

    private static List<NetworkCounters> counters(String machine) {
        return NetworkCounters.parse(Fixtures.text(machine, "proc/net/dev"));
    }
}
