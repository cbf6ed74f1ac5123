package dev.mortise.server.problem;

import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.spi.StorageException;
import java.lang.System.Logger.Level;
import java.util.UUID;

/** A failure that nobody foresaw. The log gets all of it, the caller a number to find it by. */
public final class Incident {

    private static final System.Logger LOG = System.getLogger(Incident.class.getName());

    private Incident() {}

    /**
     * Logs the failure and gives it a number.
     *
     * @param doing what the server was about, without anything secret
     */
    public static Problem report(String doing, Throwable failure) {
        String id = UUID.randomUUID().toString();
        LOG.log(Level.ERROR, "incident " + id + " in " + doing, failure);
        return Problem.of(
                        failure instanceof StorageException ? ProblemCode.STORAGE_FAILED : ProblemCode.INTERNAL,
                        "something went wrong inside the host; its log has more under incident " + id)
                .with("incident", id);
    }
}
