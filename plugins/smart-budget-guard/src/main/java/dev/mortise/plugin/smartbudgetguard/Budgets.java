package dev.mortise.plugin.smartbudgetguard;

import dev.mortise.plugin.llmtext.Tenant;
import dev.mortise.plugin.smartbudgetguard.SmartBudgetGuard.Spending;

/**
 * What sessions and teams may spend in a day. An amount is counted first, then checked, and taken back if it was too
 * much: so parallel requests never spend more than the budget, whatever their order.
 */
final class Budgets {

    private final Ledger ledger;
    private final Money sessionBudget;
    private final Money teamBudget;

    Budgets(Ledger ledger, Money sessionBudget, Money teamBudget) {
        this.ledger = ledger;
        this.sessionBudget = sessionBudget;
        this.teamBudget = teamBudget;
    }

    Outcome reserve(String session, String team, Money cost) {
        Reservation wanted = new Reservation(sessionAccount(session, team), ledger.account(Scope.TEAM, team), cost);
        // Neither counter is touched by what could never fit.
        if (cost.isMoreThan(sessionBudget)) {
            return new Outcome.Exceeded(Scope.SESSION, ledger.spent(wanted.session()), sessionBudget);
        }
        if (cost.isMoreThan(teamBudget)) {
            return new Outcome.Exceeded(Scope.TEAM, ledger.spent(wanted.team()), teamBudget);
        }
        Money ofSession = ledger.add(wanted.session(), cost);
        if (ofSession.isMoreThan(sessionBudget)) {
            takeBack(wanted.session(), cost);
            return new Outcome.Exceeded(Scope.SESSION, ofSession.minus(cost), sessionBudget);
        }
        Money ofTeam = ledger.add(wanted.team(), cost);
        if (ofTeam.isMoreThan(teamBudget)) {
            takeBack(wanted.team(), cost);
            takeBack(wanted.session(), cost);
            return new Outcome.Exceeded(Scope.TEAM, ofTeam.minus(cost), teamBudget);
        }
        return new Outcome.Reserved(wanted, ofSession);
    }

    /** @return by how much the spending has changed */
    Money settle(Reservation reservation, Money actual) {
        Money correction = actual.minus(reservation.amount());
        ledger.add(reservation.session(), correction);
        ledger.add(reservation.team(), correction);
        return correction;
    }

    Spending spending(String session, String team) {
        return new Spending(
                ledger.spent(sessionAccount(session, team)).dollars(),
                sessionBudget.dollars(),
                ledger.spent(ledger.account(Scope.TEAM, team)).dollars(),
                teamBudget.dollars());
    }

    /** A team's own: nobody else can spend from it, or find out about it, by calling a session the same. */
    private String sessionAccount(String session, String team) {
        return ledger.account(Scope.SESSION, Tenant.session(team, session));
    }

    private void takeBack(String account, Money cost) {
        ledger.add(account, Money.ZERO.minus(cost));
    }
}
