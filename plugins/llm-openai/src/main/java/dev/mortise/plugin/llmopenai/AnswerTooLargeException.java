package dev.mortise.plugin.llmopenai;

import java.io.IOException;

/** An answer is longer than is taken in one piece. */
final class AnswerTooLargeException extends IOException {

    private static final long serialVersionUID = 1;

    AnswerTooLargeException(int most) {
        super("the model's server answered with more than " + most + " bytes");
    }
}
