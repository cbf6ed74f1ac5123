package dev.mortise.plugin.smartbudgetguard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.StateStore;
import dev.mortise.host.memory.InMemoryStorage;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.storage.StateQuota;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However many requests and sessions there are, the state stays small; a full one would refuse them. */
class BoundedStateTest {

    private static final int KEYS = 80;
    private static final int REQUESTS = 20_000;
    private static final Money CENT = Money.ofDollars(new BigDecimal("0.01"));

    @TempDir
    Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2031-05-06T00:00:00Z"));
    private final InstantSource time = now::get;
    private final Clock clock = time.withZone(ZoneOffset.UTC);
    private InMemoryStorage storage;
    private StateStore state;
    private Budgets budgets;
    private Receipts receipts;

    @BeforeEach
    void open() {
        storage = new InMemoryStorage(folder, clock, new StateQuota(KEYS, 1 << 20));
        state = storage.state(new PluginId("smart-budget-guard"));
        budgets = new Budgets(
                state, clock, Money.ofDollars(BigDecimal.ONE), Money.ofDollars(BigDecimal.valueOf(1_000_000)));
        receipts = new Receipts(state, clock);
    }

    @AfterEach
    void close() {
        storage.close();
    }

    /** @return the receipt, if it was not refused */
    private List<String> request(String team, String session) {
        return switch (budgets.reserve(Payer.of(team, session), CENT)) {
            case Outcome.Reserved(Reservation reservation, Money _) -> List.of(receipts.give(reservation));
            case Outcome.Exceeded _ -> List.of();
        };
    }

    private Money spent(String team, String session) {
        return Money.ofDollars(budgets.spending(Payer.of(team, session)).sessionSpentUsd());
    }

    @Test
    void moreRequestsThanKeysAreAllSettledExactly() {
        List<String> open = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            open.addAll(request("team-alpha", "session " + i % 500));
        }
        assertThat(open).hasSize(REQUESTS);
        assertThat(spent("team-alpha", "session 0")).isEqualTo(new Money(40 * CENT.nanos()));

        for (String receipt : open) {
            budgets.settle(receipts.takeBack(receipt).orElseThrow(), new Money(1));
        }
        assertThat(open)
                .allSatisfy(receipt -> assertThat(receipts.takeBack(receipt)).isEmpty());
        assertThat(spent("team-alpha", "session 499")).isEqualTo(new Money(40));
        assertThat(budgets.spending(Payer.of("team-alpha", "any")).teamSpentUsd())
                .isEqualTo(new Money(REQUESTS).dollars());
    }

    @Test
    void aTeamHasAsManySessionsAsItLikesAndNoneSpendsMoreThanItsBudget() {
        int admitted = 0;
        for (int i = 0; i < REQUESTS; i++) {
            admitted += request("team-alpha", "session " + i).size();
        }
        // Those of the first have a budget of their own; the others share some, and none is exceeded.
        assertThat(admitted).isBetween(64 * (SessionPage.MOST + 50), REQUESTS);
        assertThat(spent("team-alpha", "session 0")).isEqualTo(CENT);
        assertThat(spent("team-alpha", "session " + (REQUESTS - 1)).isMoreThan(Money.ofDollars(BigDecimal.ONE)))
                .isFalse();
        assertThat(request("team-beta", "session 0")).as("another team").hasSize(1);
    }

    @Test
    void whatIsOverMakesRoom() {
        for (int day = 0; day < 10; day++) {
            for (int quarter = 0; quarter < 96; quarter++) {
                String receipt = request("team-alpha", "session " + quarter).getFirst();
                assertThat(receipts.takeBack(receipt)).isPresent();
                now.updateAndGet(before -> before.plus(Duration.ofMinutes(15)));
            }
        }
        assertThat(state.keys("", 2 * KEYS)).hasSizeLessThanOrEqualTo(KEYS);
    }
}
