package dev.mortise.plugin.llmupstream;

import java.io.IOException;

/** An answer is longer than is taken in one piece. */
public final class AnswerTooLargeException extends IOException {

    private static final long serialVersionUID = 1;

    public AnswerTooLargeException(int most) {
        super("the model's server answered with more than " + most + " bytes");
    }
}
