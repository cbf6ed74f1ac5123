package {{package}};

import dev.mortise.api.Decision;
import dev.mortise.api.Hook;
import dev.mortise.api.HookContext;

/** Blocks messages that mention a topic. */
public final class {{class}} implements Hook {

    private static final String TOPIC = "secret-project";

    @Override
    public Decision execute(HookContext context) {
        return context.body().toString().contains(TOPIC)
                ? Decision.block(403, "topic_blocked", "This topic is not available")
                : Decision.passthrough();
    }
}
