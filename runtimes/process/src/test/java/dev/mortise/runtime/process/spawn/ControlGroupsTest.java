package dev.mortise.runtime.process.spawn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mortise.runtime.process.launch.HostIdentity;
import dev.mortise.runtime.process.sandbox.ResourceBounds;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ControlGroupsTest {

    @Test
    void hostsOfOneProcessHaveGroupsOfTheirOwn() throws Exception {
        HostIdentity host = HostIdentity.current();
        ControlGroups ours = ControlGroups.discover(host);
        assumeTrue(
                Arrays.stream(ControlGroups.Controller.values()).anyMatch(ours::bounds),
                "this machine lets nobody make control groups");
        ControlGroups theirs = ControlGroups.discover(host);

        ControlGroup one = ours.create(ResourceBounds.DEFAULT);
        ControlGroup other = theirs.create(ResourceBounds.DEFAULT);

        assertThat(ControlGroupFolders.ofHost(host.pid())).isNotEmpty();
        one.remove();
        other.remove();
        assertThat(ControlGroupFolders.ofHost(host.pid())).isEmpty();
    }
}
