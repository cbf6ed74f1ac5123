package dev.mortise.plugin.llmupstream;

import java.io.IOException;
import java.time.Duration;

/** An answer does not go on. */
final class IdleException extends IOException {

    private static final long serialVersionUID = 1;

    IdleException(Duration idle) {
        super("the model's server did not go on with its answer within " + idle.toMillis() + " ms");
    }
}
