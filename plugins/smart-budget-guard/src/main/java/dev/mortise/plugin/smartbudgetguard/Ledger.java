package dev.mortise.plugin.smartbudgetguard;

import dev.mortise.api.StateStore;
import dev.mortise.plugin.llmtext.Fingerprint;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Who has spent what, a counter in the state store for each account and day. */
final class Ledger {

    /** Requests that began before midnight may end after it. */
    private static final Duration AFTER_MIDNIGHT = Duration.ofHours(1);

    private final StateStore state;
    private final Clock clock;

    Ledger(StateStore state, Clock clock) {
        this.state = state;
        this.clock = clock;
    }

    /** The key of today's account. */
    String account(Scope scope, String owner) {
        return "spent." + today() + "." + scope.key() + "." + Fingerprint.of(owner);
    }

    /** @return what has been spent afterwards, atomically */
    Money add(String account, Money amount) {
        return new Money(state.increment(account, amount.nanos(), untilItIsOver()));
    }

    Money spent(String account) {
        return state.get(account).map(nanos -> new Money(Long.parseLong(nanos))).orElse(Money.ZERO);
    }

    private Duration untilItIsOver() {
        LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
        return Duration.between(now, now.toLocalDate().plusDays(1).atStartOfDay())
                .plus(AFTER_MIDNIGHT);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
