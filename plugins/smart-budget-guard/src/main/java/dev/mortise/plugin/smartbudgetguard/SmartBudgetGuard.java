package dev.mortise.plugin.smartbudgetguard;

import dev.mortise.api.Decision;
import dev.mortise.api.Hook;
import dev.mortise.api.HookContext;
import dev.mortise.api.Param;
import dev.mortise.api.PluginContext;
import dev.mortise.api.Rpc;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonString;
import dev.mortise.plugin.llmtext.Tenant;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.math.BigDecimal;

/**
 * Refuses requests whose estimated cost would exceed the budget of their session or team for the day. A day is one of
 * UTC.
 */
@SuppressWarnings("NullAway.Init") // onLoad comes before everything else
public final class SmartBudgetGuard implements Hook {

    private Logger log;
    private Settings settings;
    private CostEstimate estimate;
    private Budgets budgets;
    private Receipts receipts;

    @Override
    public void onLoad(PluginContext context) {
        log = context.logger();
        settings = context.config().as(Settings.class);
        estimate = CostEstimate.of(settings);
        budgets = new Budgets(
                context.state(),
                context.clock(),
                Money.ofDollars(settings.sessionBudgetUsd()),
                Money.ofDollars(settings.teamBudgetUsd()));
        receipts = new Receipts(context.state(), context.clock());
    }

    @Override
    public Decision execute(HookContext request) {
        int tokens = estimate.inputTokens(request.body());
        BigDecimal dollars = estimate.cost(request.body(), tokens);
        Payer payer = Payer.of(Tenant.of(request), request.sessionId());
        return switch (budgets.reserve(payer, Money.ofDollars(dollars))) {
            case Outcome.Exceeded exceeded -> refusal(exceeded, dollars);
            case Outcome.Reserved(Reservation reservation, Money sessionSpent) -> {
                warn(request, sessionSpent);
                request.putMetadata("_budget_receipt", new JsonString(receipts.give(reservation)));
                request.putMetadata("_estimated_cost_usd", new JsonNumber(dollars));
                request.putMetadata("_estimated_input_tokens", JsonNumber.of(tokens));
                yield Decision.passthrough();
            }
        };
    }

    private static Decision refusal(Outcome.Exceeded exceeded, BigDecimal dollars) {
        Money left = exceeded.budget().minus(exceeded.spent()).orZero();
        return Decision.block(
                429,
                exceeded.scope().errorType(),
                exceeded.scope().label() + " budget exceeded. Spent: "
                        + exceeded.spent().text(4) + ", Estimated: "
                        + Money.ofDollars(dollars).text(4) + ", Remaining: " + left.text(4) + ", Limit: "
                        + exceeded.budget().text(2));
    }

    private void warn(HookContext request, Money spent) {
        Money budget = Money.ofDollars(settings.sessionBudgetUsd());
        BigDecimal share = spent.shareOf(budget);
        if (share.compareTo(settings.warnThreshold()) >= 0) {
            String percent = Money.percent(share);
            request.putMetadata(
                    "_budget_warning", new JsonString("Session at " + percent + " of " + budget.text(2) + " budget"));
            log.log(Level.WARNING, "a session is at {0} of its budget (trace {1})", percent, request.traceId());
        }
    }

    @Rpc(description = "Puts what a request has really cost in the place of its estimate, once", idempotent = true)
    public Settlement settle(
            @Param(description = "The request's, as in the metadata _budget_receipt", minLength = 1, maxLength = 400)
                    String receipt,
            @Param(value = "actual_usd", description = "What it has cost, in US dollars", min = 0, max = 1_000_000)
                    BigDecimal actualUsd) {
        return receipts.takeBack(receipt)
                .map(reservation -> new Settlement(
                        true,
                        budgets.settle(reservation, Money.ofDollars(actualUsd)).dollars()))
                .orElse(Settlement.NONE);
    }

    @Rpc(description = "Tells what a session and a team have spent today, estimates included", idempotent = true)
    public Spending spending(
            @Param(description = "The session's id", minLength = 1) String session,
            @Param(
                            description =
                                    "The team: the public name of an API key, or the session's id where there is none",
                            minLength = 1)
                    String team) {
        return budgets.spending(Payer.of(team, session));
    }

    /**
     * What has become of an estimate.
     *
     * @param settled false if there is no open one with this receipt: settled already, too old, or never made
     */
    public record Settlement(
            boolean settled,

            @Param(value = "correction_usd", description = "What the spending has changed by, in US dollars")
            BigDecimal correctionUsd) {

        static final Settlement NONE = new Settlement(false, BigDecimal.ZERO);
    }

    /** In US dollars. */
    public record Spending(
            @Param("session_spent_usd") BigDecimal sessionSpentUsd,
            @Param("session_budget_usd") BigDecimal sessionBudgetUsd,
            @Param("team_spent_usd") BigDecimal teamSpentUsd,
            @Param("team_budget_usd") BigDecimal teamBudgetUsd) {}
}
