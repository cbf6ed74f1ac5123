package dev.mortise.plugin.smartbudgetguard;

import dev.mortise.api.StateStore;
import dev.mortise.plugin.smartbudgetguard.SmartBudgetGuard.Spending;
import java.time.Clock;

/**
 * What sessions and teams may spend in a day. An amount is counted before its request goes on, and taken back if it was
 * too much: so parallel requests never spend more than the budget, whatever their order.
 */
final class Budgets {

    private final SessionAccounts sessions;
    private final TeamAccounts teams;
    private final Clock clock;
    private final Money sessionBudget;
    private final Money teamBudget;

    Budgets(StateStore state, Clock clock, Money sessionBudget, Money teamBudget) {
        this.sessions = new SessionAccounts(state, clock);
        this.teams = new TeamAccounts(state, clock);
        this.clock = clock;
        this.sessionBudget = sessionBudget;
        this.teamBudget = teamBudget;
    }

    Outcome reserve(Payer payer, Money cost) {
        Reservation wanted = new Reservation(BudgetDay.at(clock.instant()), payer, cost);
        // No account is touched by what could never fit.
        if (cost.isMoreThan(sessionBudget)) {
            return new Outcome.Exceeded(Scope.SESSION, sessions.spent(wanted.day(), payer), sessionBudget);
        }
        if (cost.isMoreThan(teamBudget)) {
            return new Outcome.Exceeded(Scope.TEAM, teams.spent(wanted.day(), payer), teamBudget);
        }
        Money ofSession = sessions.addWithin(sessionBudget, wanted);
        if (ofSession.plus(cost).isMoreThan(sessionBudget)) {
            return new Outcome.Exceeded(Scope.SESSION, ofSession, sessionBudget);
        }
        Money ofTeam = teams.add(wanted.day(), payer, cost);
        if (ofTeam.isMoreThan(teamBudget)) {
            correct(wanted, Money.ZERO.minus(cost));
            return new Outcome.Exceeded(Scope.TEAM, ofTeam.minus(cost), teamBudget);
        }
        return new Outcome.Reserved(wanted, ofSession.plus(cost));
    }

    /** @return by how much the spending has changed */
    Money settle(Reservation reservation, Money actual) {
        Money correction = actual.minus(reservation.amount());
        correct(reservation, correction);
        return correction;
    }

    private void correct(Reservation reservation, Money correction) {
        teams.add(reservation.day(), reservation.payer(), correction);
        sessions.add(reservation.day(), reservation.payer(), correction);
    }

    Spending spending(Payer payer) {
        BudgetDay today = BudgetDay.at(clock.instant());
        return new Spending(
                sessions.spent(today, payer).dollars(),
                sessionBudget.dollars(),
                teams.spent(today, payer).dollars(),
                teamBudget.dollars());
    }
}
