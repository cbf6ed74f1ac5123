package dev.mortise.plugin.contextwindowguard;

import dev.mortise.api.Decision;
import dev.mortise.api.Hook;
import dev.mortise.api.HookContext;
import dev.mortise.api.PluginContext;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.plugin.llmtext.PromptTokens;
import dev.mortise.plugin.llmtext.TokenizerChoice;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * Refuses a prompt that does not fit into its model, with what to do about it, before the provider refuses it without.
 */
public final class ContextWindowGuard implements Hook {

    private static final int TOO_LARGE = 413;
    private static final int DECIMALS = 3;

    @SuppressWarnings("NullAway.Init") // onLoad comes before everything else
    private Settings settings;

    @SuppressWarnings("NullAway.Init") // as above
    private ContextWindows windows;

    @SuppressWarnings("NullAway.Init") // as above
    private PromptTokens tokens;

    @Override
    public void onLoad(PluginContext context) {
        settings = context.config().as(Settings.class);
        windows = new ContextWindows(settings.modelWindows(), settings.defaultWindow());
        tokens = new PromptTokens(TokenizerChoice.named(settings.tokenizer()).load());
    }

    @Override
    public Decision execute(HookContext request) {
        Optional<String> model = request.body().text("model").filter(name -> !name.isEmpty());
        if (model.isEmpty()) {
            return Decision.passthrough();
        }
        int needed = tokens.of(request.body());
        long window = windows.of(model.get());
        long usable = settings.usable(window);
        request.putMetadata("_estimated_total_tokens", JsonNumber.of(needed));
        request.putMetadata("_context_window_usage", new JsonNumber(share(needed, window)));
        return needed <= usable
                ? Decision.passthrough()
                : Decision.block(
                        TOO_LARGE,
                        "context_window_exceeded",
                        "Estimated " + needed + " tokens exceeds " + model.get() + " context window (" + window
                                + " tokens, " + settings.marginPercent() + "% safety margin = " + usable
                                + " effective). Reduce prompt length or use a model with a larger context window.");
    }

    private static BigDecimal share(int needed, long window) {
        return new BigDecimal((double) needed / window).setScale(DECIMALS, RoundingMode.HALF_EVEN);
    }
}
