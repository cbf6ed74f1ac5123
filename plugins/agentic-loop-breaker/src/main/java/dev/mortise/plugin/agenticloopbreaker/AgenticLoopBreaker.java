package dev.mortise.plugin.agenticloopbreaker;

import dev.mortise.api.Decision;
import dev.mortise.api.Hook;
import dev.mortise.api.HookContext;
import dev.mortise.api.Param;
import dev.mortise.api.PluginContext;
import dev.mortise.plugin.llmtext.ChatMessage;
import dev.mortise.plugin.llmtext.Fingerprint;
import dev.mortise.plugin.llmtext.Tenant;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;

/** Refuses a prompt that a session keeps repeating. */
@SuppressWarnings("NullAway.Init") // onLoad comes before everything else
public final class AgenticLoopBreaker implements Hook {

    private Logger log;
    private Settings settings;

    @Override
    public void onLoad(PluginContext context) {
        log = context.logger();
        settings = context.config().as(Settings.class);
    }

    @Override
    public Decision execute(HookContext request) {
        List<ChatMessage> messages = ChatMessage.in(request.body());
        if (messages.isEmpty()) {
            return Decision.passthrough();
        }
        String prompt = PromptFingerprint.of(messages, settings.hashMessages());
        PromptHistory history = new PromptHistory(
                request.state(),
                Fingerprint.of(Tenant.session(request)) + "." + prompt,
                settings.maxRepeats(),
                Duration.ofSeconds(settings.windowSeconds()));
        if (history.add()) {
            return Decision.passthrough();
        }
        // So that the session may try again, once it has been told.
        history.forget();
        int times = settings.maxRepeats() + 1;
        log.log(
                Level.WARNING,
                "prompt {0} came {1} times in {2} s (trace {3})",
                prompt,
                times,
                settings.windowSeconds(),
                request.traceId());
        return Decision.block(
                429,
                "agentic_loop_detected",
                "Agentic loop detected: the same prompt was repeated " + times + " times in "
                        + settings.windowSeconds() + "s. Request blocked to prevent infinite loop. "
                        + "Please revise your agent's logic.");
    }

    record Settings(
            @Param("max_repeats") int maxRepeats,
            @Param("window_seconds") int windowSeconds,
            @Param("hash_messages") int hashMessages) {}
}
