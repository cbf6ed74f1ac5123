package dev.mortise.plugin.tokencounter;

import dev.mortise.api.FunctionException;
import dev.mortise.api.HookContext;
import dev.mortise.api.PluginContext;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.math.BigDecimal;

/** Tells the budget guard what a request has really cost. Only where one has estimated it. */
final class BudgetCorrection {

    private static final String SETTLE = "smart-budget-guard.settle";

    private final PluginContext context;
    private final Logger log;

    BudgetCorrection(PluginContext context) {
        this.context = context;
        this.log = context.logger();
    }

    /** @param dollars US dollars */
    void correct(HookContext request, BigDecimal dollars) {
        if (request.metadata("_budget_receipt").orElse(null) instanceof JsonString(String receipt)) {
            settle(request, receipt, dollars);
        }
    }

    private void settle(HookContext request, String receipt, BigDecimal dollars) {
        try {
            context.call(SETTLE, JsonObject.of("receipt", receipt).with("actual_usd", dollars));
        } catch (FunctionException e) {
            // The estimate stays, which is the safe side; counting goes on.
            log.log(
                    Level.WARNING,
                    "the budget keeps its estimate of a request (trace {0}): {1} ({2})",
                    request.traceId(),
                    e.getMessage(),
                    e.code());
        }
    }
}
