package dev.mortise.bench;

import java.io.IOException;

/** A host of a go-plugin plugin that keeps texts, under measurement. */
interface CallHost extends AutoCloseable {

    /** Callers that each ask for a text of so many bytes, under a key as long, again and again. */
    CallTurn calls(int callers, int bytes, int millis) throws IOException, InterruptedException;

    /** @return nanoseconds from nothing to the first reply of a further plugin, which is stopped afterwards */
    long start() throws IOException;

    @Override
    void close();
}
