package dev.mortise.plugin.smartbudgetguard;

import dev.mortise.api.StateStore;
import java.time.Clock;

/** What teams have spent, a counter in the state store for each team and day. */
final class TeamAccounts {

    private final StateStore state;
    private final Clock clock;

    TeamAccounts(StateStore state, Clock clock) {
        this.state = state;
        this.clock = clock;
    }

    /** @return what has been spent afterwards, atomically */
    Money add(BudgetDay day, Payer payer, Money amount) {
        return new Money(state.increment(account(day, payer), amount.nanos(), day.isKeptFor(clock)));
    }

    Money spent(BudgetDay day, Payer payer) {
        return state.get(account(day, payer))
                .map(nanos -> new Money(Long.parseLong(nanos)))
                .orElse(Money.ZERO);
    }

    private static String account(BudgetDay day, Payer payer) {
        return "spent." + day + ".team." + payer.team();
    }
}
