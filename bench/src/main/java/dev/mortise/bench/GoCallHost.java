package dev.mortise.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The host in Go, {@code interop/go/cmd/callbench}, in a process of its own. */
final class GoCallHost implements CallHost {

    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;

    GoCallHost(Path executable, Path plugin, boolean autoMtls) throws IOException {
        List<String> command = new ArrayList<>(List.of(executable.toString()));
        if (autoMtls) {
            command.add("-mtls");
        }
        command.add(plugin.toString());
        process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        commands = process.outputWriter();
        answers = process.inputReader();
    }

    private String[] ask(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the host in Go ended instead of answering '" + command + "'");
        }
        return answer.split(" ", -1);
    }

    @Override
    public CallTurn calls(int callers, int bytes, int millis) throws IOException {
        String[] answer = ask("calls " + callers + " " + bytes + " " + millis);
        return new CallTurn(
                Double.parseDouble(answer[0]), Double.parseDouble(answer[1]), Double.parseDouble(answer[2]));
    }

    @Override
    public long start() throws IOException {
        return Long.parseLong(ask("start")[0]);
    }

    /** The end of its input ends it, and it ends its plugin. */
    @Override
    public void close() {
        try {
            commands.close();
            process.waitFor();
        } catch (IOException e) {
            process.destroy();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
    }
}
