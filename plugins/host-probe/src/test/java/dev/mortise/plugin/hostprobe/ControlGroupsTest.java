package dev.mortise.plugin.hostprobe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.plugin.hostprobe.Memory.ContainerMemory;
import org.junit.jupiter.api.Test;

class ControlGroupsTest {

    @Test
    void readsTheLimitsOfAContainerInVersionTwo() {
        ControlGroups groups = groups("container-v2");
        assertThat(groups.memory()).contains(new ContainerMemory(536870912, 483183820, 90.0));
        assertThat(groups.cpuQuota()).contains(1.5);
    }

    @Test
    void readsTheLimitsOfAContainerInVersionOneWhoseOwnPathIsHidden() {
        ControlGroups groups = groups("container-v1");
        assertThat(groups.memory()).contains(new ContainerMemory(1073741824, 268435456, 25.0));
        assertThat(groups.cpuQuota()).contains(0.5);
    }

    @Test
    void takesTheTightestLimitOnTheWayUp() {
        ControlGroups groups = groups("nested-limits");
        assertThat(groups.memory()).contains(new ContainerMemory(1000000000, 900000000, 90.0));
        assertThat(groups.cpuQuota()).contains(1.0);
    }

    @Test
    void findsNoLimitWhereEveryGroupIsUnlimited() {
        assertThat(groups("server").memory()).isEmpty();
        assertThat(groups("server").cpuQuota()).isEmpty();
    }

    @Test
    void findsNoLimitWhereThereAreNoGroups() {
        assertThat(groups("kernel-2.6").memory()).isEmpty();
        assertThat(groups("kernel-2.6").cpuQuota()).isEmpty();
    }

    @Test
    void doesNotFollowAPathOutOfTheGroups() {
        assertThat(ControlGroups.folders("0::/../../etc", "memory")).isEmpty();
        assertThat(groups("damaged").memory()).isEmpty();
    }

    @Test
    void listsTheFoldersFromTheInnermostToTheOutermost() {
        assertThat(ControlGroups.folders("0::/a/b", "memory")).containsExactly("sys/fs/cgroup/a/b", "sys/fs/cgroup/a");
        assertThat(ControlGroups.folders("5:cpu,cpuacct:/a", "cpu")).containsExactly("sys/fs/cgroup/cpu/a");
        assertThat(ControlGroups.folders("5:cpu,cpuacct:/a", "memory")).isEmpty();
        assertThat(ControlGroups.folders("0::/", "memory")).isEmpty();
    }

    @Test
    void anUnlimitedOrMalformedQuotaIsNone() {
        assertThat(ControlGroups.parseQuota("max 100000")).isEmpty();
        assertThat(ControlGroups.parseQuota("-1 100000")).isEmpty();
        assertThat(ControlGroups.parseQuota("100000")).isEmpty();
        assertThat(ControlGroups.parseQuota("100000 0")).isEmpty();
        assertThat(ControlGroups.parseQuota("250000 100000")).contains(2.5);
    }

    private static ControlGroups groups(String machine) {
        return new ControlGroups(Fixtures.machine(machine));
    }
}
