package dev.mortise.runtime.process.sdk;

import dev.mortise.runtime.process.wire.goplugin.StdioData.Channel;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Takes the process's standard output and error away from everybody who would print there: the real output carries the
 * handshake line and nothing else, the real error carries the log. What is printed goes to the host over the connection.
 */
final class StandardStreams {

    private final PrintStream output = real(FileDescriptor.out);
    private final PrintStream error = real(FileDescriptor.err);
    private final StdioBuffer printed = new StdioBuffer();

    private static PrintStream real(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** From now on, whatever is printed goes to the host. */
    void redirect() {
        System.setOut(new PrintStream(printed.stream(Channel.STDOUT), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(printed.stream(Channel.STDERR), true, StandardCharsets.UTF_8));
    }

    void handshake(String line) {
        output.print(line + "\n");
        output.flush();
    }

    PrintStream error() {
        return error;
    }

    StdioBuffer printed() {
        return printed;
    }
}
