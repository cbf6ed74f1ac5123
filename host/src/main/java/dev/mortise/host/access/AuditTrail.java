package dev.mortise.host.access;

import dev.mortise.host.Actor;
import dev.mortise.host.Audit;
import dev.mortise.host.Problem;
import dev.mortise.host.spi.HostStorage;
import dev.mortise.host.spi.HostStorage.AuditEntry;
import dev.mortise.host.spi.StorageException;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;

/** Writes down who changed what, or tried to. */
public final class AuditTrail implements Audit {

    private static final System.Logger LOG = System.getLogger(AuditTrail.class.getName());

    private final HostStorage.Audit entries;
    private final InstantSource clock;

    public AuditTrail(HostStorage.Audit entries, InstantSource clock) {
        this.entries = entries;
        this.clock = clock;
    }

    @Override
    public List<AuditEntry> recent(int limit, OptionalLong before) {
        return entries.recent(limit, before);
    }

    @Override
    public void refused(Actor actor, String action, String subject, Problem problem) {
        append(actor, action, subject, problem.code().code(), problem.message());
    }

    /** Notes a change that has been made. */
    public void done(Actor actor, String action, String subject, String detail) {
        append(actor, action, subject, "done", detail);
    }

    private void append(Actor actor, String action, String subject, String outcome, String detail) {
        try {
            entries.append(
                    new AuditEntry(0, clock.instant(), actor.name(), actor.via(), action, subject, outcome, detail));
        } catch (StorageException e) {
            // What is to be noted has happened; it must not be reported as undone because the note failed.
            LOG.log(
                    System.Logger.Level.ERROR,
                    () -> "no audit entry for " + action + " of " + subject + " by " + actor.name() + ": "
                            + e.getMessage());
        }
    }
}
