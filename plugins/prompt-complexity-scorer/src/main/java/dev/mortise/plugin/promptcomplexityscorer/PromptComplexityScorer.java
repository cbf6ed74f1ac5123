package dev.mortise.plugin.promptcomplexityscorer;

import dev.mortise.api.Decision;
import dev.mortise.api.Hook;
import dev.mortise.api.HookContext;
import dev.mortise.api.PluginContext;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonString;
import dev.mortise.plugin.llmtext.ChatMessage;
import java.math.BigDecimal;
import java.util.List;

/** Notes down how demanding a prompt is, for the hooks that choose a model. */
public final class PromptComplexityScorer implements Hook {

    private static final String SCORE = "_prompt_complexity";
    /** The same, under the name by which other plugins know it. */
    private static final String SCORE_ALIAS = "_complexity_score";

    private static final String TIER = "_complexity_tier";
    private static final String SIGNALS = "_complexity_signals";

    @SuppressWarnings("NullAway.Init") // onLoad comes before everything else
    private Weights weights;

    @Override
    public void onLoad(PluginContext context) {
        weights = context.config().as(Weights.class);
    }

    @Override
    public Decision execute(HookContext request) {
        List<ChatMessage> messages = ChatMessage.in(request.body());
        Signals signals = Signals.of(messages);
        BigDecimal score = signals.weighed(weights);
        request.putMetadata(SCORE, new JsonNumber(score));
        request.putMetadata(SCORE_ALIAS, new JsonNumber(score));
        request.putMetadata(TIER, new JsonString(Tier.of(score).label()));
        if (!messages.isEmpty()) {
            request.putMetadata(SIGNALS, signals.json());
        }
        return Decision.passthrough();
    }
}
