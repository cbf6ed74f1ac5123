package dev.mortise.plugin.smartbudgetguard;

import dev.mortise.api.StateStore;
import java.time.Clock;
import java.util.Optional;

/** What sessions have spent, on a fixed number of pages for each team and day. */
final class SessionAccounts {

    private static final int PAGES = 64;

    private final ExpiringTexts pages;
    private final Clock clock;

    SessionAccounts(StateStore state, Clock clock) {
        this.pages = new ExpiringTexts(state);
        this.clock = clock;
    }

    /**
     * Adds an amount if there is room for it.
     *
     * @return what the session had spent before; only if that and the amount are within the budget, it has been added
     */
    Money addWithin(Money budget, Reservation wanted) {
        String session = wanted.payer().session();
        String before =
                pages.change(page(wanted.day(), wanted.payer()), wanted.day().isKeptFor(clock), text -> {
                    SessionPage page = SessionPage.parse(text);
                    return page.spentBy(session).plus(wanted.amount()).isMoreThan(budget)
                            ? text
                            : page.with(session, wanted.amount()).toString();
                });
        return SessionPage.parse(before).spentBy(session);
    }

    void add(BudgetDay day, Payer payer, Money amount) {
        pages.change(
                page(day, payer),
                day.isKeptFor(clock),
                text -> SessionPage.parse(text).with(payer.session(), amount).toString());
    }

    Money spent(BudgetDay day, Payer payer) {
        Optional<String> page = pages.get(page(day, payer));
        return page.map(text -> SessionPage.parse(text).spentBy(payer.session()))
                .orElse(Money.ZERO);
    }

    private static String page(BudgetDay day, Payer payer) {
        int page = Math.floorMod(payer.session().hashCode(), PAGES);
        return "spent." + day + ".sessions." + payer.team() + "." + page;
    }
}
