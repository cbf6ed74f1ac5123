package dev.mortise.runtime.process.spawn;

import dev.mortise.runtime.process.sandbox.ResourceBounds;
import java.util.List;

/**
 * What runs between the host and the plugin: a few lines of the system's own shell. Java can run no code in a child before it
 * becomes another program; the shell can.
 *
 * <p>In the kernel sandbox, descriptor 3 brings the host's permission to go on, a line each time, and 4 tells the host how far
 * it has come. End of file on 3 means that the host is dead.
 */
final class StageScripts {

    /** Waits until the host says that the thread which started this has ended, then becomes what is given. */
    static final String WAIT_THEN_BECOME = "IFS= read -r go <&3 || exit 125; exec \"$@\"";

    /** Takes descriptors, file size, processes, the letter of that limit, and data size; a dash means no limit. */
    private static final String LIMIT = """
            ulimit -c 0 && ulimit -n "$1" && ulimit -f "$2" || exit 125
            [ "$3" = - ] || ulimit "$4" "$3" || exit 125
            [ "$5" = - ] || ulimit -d "$5" || exit 125
            shift 5
            """;

    private static final String READY = """
            echo ready >&4
            IFS= read -r go <&3 || exit 125
            """;

    /** Limits itself, and becomes the plugin. */
    static String limitThenBecome(StageVariables variables) {
        return LIMIT + READY + "exec 3<&- 4>&-\n" + variables.restored() + "exec \"$@\"\n";
    }

    /**
     * Limits itself, starts the plugin and stays: as the first process of a process namespace it takes in orphans, and when it
     * ends the kernel kills all the others. A SIGTERM is for the plugin, which gets it too; what the shell would say about the
     * plugin's end is nobody's business. The plugin runs in the foreground, since shells make others ignore interrupts.
     */
    static String limitThenTend(StageVariables variables) {
        return LIMIT + READY + """
                exec 3<&- 4>&- 5>&2 2>/dev/null
                trap : TERM
                """ + variables.restored() + """
                "$@" 2>&5 5>&-
                exit "$?"
                """;
    }

    /** Limits itself, and becomes the plugin without asking. */
    static String limitThenBecomeAtOnce(StageVariables variables) {
        return LIMIT + variables.restored() + "exec \"$@\"\n";
    }

    private static final int FILE_SIZE_BLOCK = 512;
    private static final int KIBIBYTE = 1024;

    private StageScripts() {}

    /**
     * The arguments of the scripts that limit.
     *
     * @param processes whether to limit the processes of the user id; to twice the bound, since two instances of a plugin have
     *     the same one while one replaces the other
     * @param processesFlag the shell's letter for that
     * @param data whether to limit the data of each process
     */
    static List<String> limits(ResourceBounds bounds, boolean processes, String processesFlag, boolean data) {
        return List.of(
                Integer.toString(bounds.descriptors()),
                Long.toString(bounds.fileBytes() / FILE_SIZE_BLOCK),
                processes ? Integer.toString(2 * (bounds.processes() + 1)) : "-",
                processesFlag,
                data ? Long.toString(bounds.memoryBytes() / KIBIBYTE) : "-");
    }
}
