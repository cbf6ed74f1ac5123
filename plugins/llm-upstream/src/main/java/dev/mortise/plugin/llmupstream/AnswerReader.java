package dev.mortise.plugin.llmupstream;

import java.io.IOException;

/** Makes something of an answer while it comes. Used by one thread. */
public interface AnswerReader {

    /**
     * Takes the next piece, wherever it was cut.
     *
     * @return whether it was the last that is of interest
     */
    boolean read(byte[] piece) throws IOException;

    /**
     * The server has nothing more to say.
     *
     * @throws dev.mortise.api.ServiceException if something is missing
     */
    void end();
}
