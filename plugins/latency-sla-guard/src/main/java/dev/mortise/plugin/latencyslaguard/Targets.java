package dev.mortise.plugin.latencyslaguard;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * What requests should keep to, in milliseconds.
 *
 * @param firstToken for 95 of 100 requests
 * @param total for 95 of 100 requests
 * @param hardLimit for every request
 */
record Targets(BigDecimal firstToken, BigDecimal total, BigDecimal hardLimit) {

    Verdict judge(Latency latency) {
        if (latency.total().compareTo(hardLimit) > 0) {
            return new Verdict(Status.BREACH, List.of("total>" + hardLimit.toPlainString() + "ms"));
        }
        List<String> violations = new ArrayList<>();
        if (latency.total().compareTo(total) > 0) {
            violations.add("total>" + total.toPlainString() + "ms(P95)");
        }
        if (latency.firstToken().filter(time -> time.compareTo(firstToken) > 0).isPresent()) {
            violations.add("ttft>" + firstToken.toPlainString() + "ms(P95)");
        }
        return new Verdict(violations.isEmpty() ? Status.OK : Status.WARNING, violations);
    }
}
