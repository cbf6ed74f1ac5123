package dev.mortise.host;

import dev.mortise.host.spi.HostStorage.AuditEntry;
import java.util.List;
import java.util.OptionalLong;

/** Who changed what, or tried to. */
public interface Audit {

    /** The newest first. @param before only entries with smaller numbers, for paging */
    List<AuditEntry> recent(int limit, OptionalLong before);

    /** Notes a refusal that an adapter made before it came to the host, such as a missing role. */
    void refused(Actor actor, String action, String subject, Problem problem);
}
