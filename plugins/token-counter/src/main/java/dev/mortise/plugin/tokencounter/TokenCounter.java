package dev.mortise.plugin.tokencounter;

import dev.mortise.api.Decision;
import dev.mortise.api.Hook;
import dev.mortise.api.HookContext;
import dev.mortise.api.PluginContext;
import dev.mortise.api.Rpc;
import dev.mortise.api.json.JsonBoolean;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.plugin.llmtext.Price;
import dev.mortise.plugin.llmtext.PriceTable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/** Notes down what a request has really used and cost, and corrects the budget that had counted an estimate. */
@SuppressWarnings("NullAway.Init") // onLoad comes before everything else
public final class TokenCounter implements Hook {

    private static final String ESTIMATE = "_estimated_cost_usd";

    /** Of the amounts in the metadata. */
    private static final int DECIMALS = 6;

    private PriceTable prices;
    private BudgetCorrection budget;
    private UsageTotals totals;

    @Override
    public void onLoad(PluginContext context) {
        prices = PriceTable.with(context.config().as(Settings.class).prices());
        budget = new BudgetCorrection(context);
        totals = new UsageTotals(context.state());
    }

    @Override
    public Decision execute(HookContext request) {
        if (isFromCache(request) || isUnanswered(request)) {
            // No service has answered, so the request has cost nothing.
            budget.correct(request, BigDecimal.ZERO);
            return Decision.passthrough();
        }
        request.response()
                .ifPresent(response -> TokenUsage.of(response)
                        .ifPresentOrElse(used -> count(request, used), () -> raiseEstimate(request, response)));
        return Decision.passthrough();
    }

    /**
     * Many a stream does not say what it has used, and whoever hangs up before its end never learns. It has cost what it
     * holds at least: an estimate that is lower must not stay.
     */
    private void raiseEstimate(HookContext request, JsonObject response) {
        if (request.metadata(ESTIMATE).orElse(null) instanceof JsonNumber(BigDecimal estimate)) {
            BigDecimal visible = cost(request, VisibleUsage.of(request.body(), response));
            if (visible.compareTo(estimate) > 0) {
                budget.correct(request, visible);
            }
        }
    }

    private BigDecimal cost(HookContext request, TokenUsage used) {
        return prices.of(request.body().text("model").orElse("")).cost(used.input(), used.output());
    }

    private void count(HookContext request, TokenUsage used) {
        BigDecimal cost = cost(request, used);
        totals.add(used, cost);
        request.putMetadata("_actual_tokens_in", JsonNumber.of(used.input()));
        request.putMetadata("_actual_tokens_out", JsonNumber.of(used.output()));
        request.putMetadata("_actual_cost_usd", rounded(cost));
        if (request.metadata(ESTIMATE).orElse(null) instanceof JsonNumber(BigDecimal estimate)) {
            request.putMetadata("_cost_delta_usd", rounded(cost.subtract(estimate)));
        }
        budget.correct(request, cost);
    }

    /** The gateway notes down that a hook has answered, whichever it was. */
    private static boolean isFromCache(HookContext request) {
        return request.metadata("_cache_hit").filter(JsonBoolean.TRUE::equals).isPresent()
                || request.metadata("_cache_status")
                        .filter(new JsonString("HIT")::equals)
                        .isPresent();
    }

    /** Blocked before a service was asked, or failed before it said anything. */
    private static boolean isUnanswered(HookContext request) {
        return request.response().isEmpty() && request.metadata("_error_status").isPresent();
    }

    private static JsonNumber rounded(BigDecimal dollars) {
        return new JsonNumber(dollars.setScale(DECIMALS, RoundingMode.HALF_EVEN).stripTrailingZeros());
    }

    @Rpc(description = "Tells the requests, tokens and dollars counted so far", idempotent = true)
    public Totals totals() {
        return totals.read();
    }

    record Settings(Map<String, Price> prices) {}
}
