package dev.mortise.runtime.process.output;

/** Takes what a plugin writes, byte for byte. Called by one thread for each source of a channel. */
@FunctionalInterface
public interface OutputSink {

    OutputSink NONE = (channel, bytes, length) -> {};

    /** @param bytes to be used during the call only, up to {@code length} */
    void write(OutputChannel channel, byte[] bytes, int length);
}
