package dev.mortise.runtime.process.sandbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.runtime.process.sandbox.NetworkRules;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the filter decides, on both architectures; each program is run as the kernel would run it. */
final class SeccompFilterTest {

    private static final int ALLOW = 0x7FFF0000;
    private static final int KILL = 0x80000000;
    private static final int EPERM = 0x00050001;
    private static final int ENOSYS = 0x00050026;
    private static final int EAFNOSUPPORT = 0x00050061;
    private static final int EPROTONOSUPPORT = 0x0005005D;

    private static final NetworkRules CONNECTS = new NetworkRules(true, new TreeSet<>(), new TreeSet<>());
    private static final NetworkRules LISTENS = new NetworkRules(false, new TreeSet<>(), new TreeSet<>(Set.of(80)));

    private static int decide(Machine machine, NetworkRules network, SystemCall call, long... arguments) {
        return BpfMachine.run(
                SeccompFilter.of(machine, network).instructions(),
                machine.auditNumber(),
                call.number(machine).orElseThrow(),
                arguments);
    }

    private static int decide(Machine machine, SystemCall call, long... arguments) {
        return decide(machine, NetworkRules.NONE, call, arguments);
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatServesToGetOut(Machine machine) {
        for (SystemCall call : new SystemCall[] {
            SystemCall.PTRACE,
            SystemCall.PROCESS_VM_READV,
            SystemCall.PROCESS_VM_WRITEV,
            SystemCall.MOUNT,
            SystemCall.UMOUNT2,
            SystemCall.MOVE_MOUNT,
            SystemCall.OPEN_TREE,
            SystemCall.FSOPEN,
            SystemCall.UNSHARE,
            SystemCall.SETNS,
            SystemCall.BPF,
            SystemCall.PERF_EVENT_OPEN,
            SystemCall.USERFAULTFD,
            SystemCall.KEYCTL,
            SystemCall.KEXEC_LOAD,
            SystemCall.INIT_MODULE,
            SystemCall.FINIT_MODULE,
            SystemCall.REBOOT,
            SystemCall.IO_URING_SETUP,
            SystemCall.PIDFD_GETFD,
            SystemCall.OPEN_BY_HANDLE_AT,
            SystemCall.CHROOT,
            SystemCall.PIVOT_ROOT
        }) {
            assertThat(decide(machine, call)).as(call.title()).isEqualTo(EPERM);
        }
    }

    @ParameterizedTest
    @EnumSource
    void allowsWhatEveryProgramNeeds(Machine machine) {
        for (SystemCall call : new SystemCall[] {
            SystemCall.READ,
            SystemCall.WRITE,
            SystemCall.CLOSE,
            SystemCall.OPENAT,
            SystemCall.WAITID,
            SystemCall.KILL,
            SystemCall.FCNTL,
            SystemCall.PIPE2,
            SystemCall.LANDLOCK_RESTRICT_SELF
        }) {
            assertThat(decide(machine, call)).as(call.title()).isEqualTo(ALLOW);
        }
    }

    @ParameterizedTest
    @EnumSource
    void makesThreadsAndProcessesButNoNamespaces(Machine machine) {
        long thread = 0x003D0F00;
        long fork = 0x01200011;
        assertThat(decide(machine, SystemCall.CLONE, thread)).isEqualTo(ALLOW);
        assertThat(decide(machine, SystemCall.CLONE, fork)).isEqualTo(ALLOW);
        for (long namespace :
                new long[] {0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000}) {
            assertThat(decide(machine, SystemCall.CLONE, fork | namespace)).isEqualTo(EPERM);
        }
        assertThat(decide(machine, SystemCall.CLONE3)).isEqualTo(ENOSYS);
    }

    @ParameterizedTest
    @EnumSource
    void opensOnlyTheSocketsThatWereGranted(Machine machine) {
        assertThat(decide(machine, SystemCall.SOCKET, 1, 1)).isEqualTo(ALLOW);
        assertThat(decide(machine, SystemCall.SOCKET, 2, 1)).isEqualTo(EAFNOSUPPORT);
        assertThat(decide(machine, SystemCall.SOCKET, 16, 3)).isEqualTo(EAFNOSUPPORT);
        assertThat(decide(machine, CONNECTS, SystemCall.SOCKET, 2, 1)).isEqualTo(ALLOW);
        assertThat(decide(machine, CONNECTS, SystemCall.SOCKET, 10, 1 | 0x80800))
                .isEqualTo(ALLOW);
        assertThat(decide(machine, CONNECTS, SystemCall.SOCKET, 2, 2)).isEqualTo(ALLOW);
        assertThat(decide(machine, CONNECTS, SystemCall.SOCKET, 2, 3)).isEqualTo(EPERM);
        assertThat(decide(machine, CONNECTS, SystemCall.SOCKET, 17, 3)).isEqualTo(EAFNOSUPPORT);
        assertThat(decide(machine, LISTENS, SystemCall.SOCKET, 10, 1)).isEqualTo(ALLOW);
        assertThat(decide(machine, LISTENS, SystemCall.SOCKET, 2, 2)).isEqualTo(EPERM);
        assertThat(decide(machine, SystemCall.SOCKETPAIR, 1, 1)).isEqualTo(ALLOW);
        assertThat(decide(machine, SystemCall.SOCKETPAIR, 30, 1)).isEqualTo(EAFNOSUPPORT);
    }

    /** MPTCP, SCTP and SMC are streams to ports as well, and Landlock knows nothing of them. */
    @ParameterizedTest
    @EnumSource
    void grantsPortsByTheProtocolThatTheyAreCheckedFor(Machine machine) {
        assertThat(decide(machine, CONNECTS, SystemCall.SOCKET, 2, 1, 6)).isEqualTo(ALLOW);
        assertThat(decide(machine, CONNECTS, SystemCall.SOCKET, 10, 2, 17)).isEqualTo(ALLOW);
        for (long protocol : new long[] {262, 132, 256}) {
            for (NetworkRules rules : new NetworkRules[] {CONNECTS, LISTENS}) {
                assertThat(decide(machine, rules, SystemCall.SOCKET, 2, 1, protocol))
                        .isEqualTo(EPROTONOSUPPORT);
                assertThat(decide(machine, rules, SystemCall.SOCKET, 10, 1 | 0x80800, protocol))
                        .isEqualTo(EPROTONOSUPPORT);
            }
        }
        assertThat(decide(machine, CONNECTS, SystemCall.SOCKET, 2, 2, 136)).isEqualTo(EPROTONOSUPPORT);
    }

    @ParameterizedTest
    @EnumSource
    void looksOnlyAtTheHalfOfAnArgumentThatTheKernelLooksAt(Machine machine) {
        assertThat(decide(machine, SystemCall.SOCKET, 0x1_0000_0002L, 1)).isEqualTo(EAFNOSUPPORT);
        assertThat(decide(machine, SystemCall.IOCTL, 0, 0x7_0000_5412L)).isEqualTo(EPERM);
    }

    @ParameterizedTest
    @EnumSource
    void guardsTerminalsDeathSignalAndPersonality(Machine machine) {
        assertThat(decide(machine, SystemCall.IOCTL, 0, 0x5412)).isEqualTo(EPERM);
        assertThat(decide(machine, SystemCall.IOCTL, 0, 0x541C)).isEqualTo(EPERM);
        assertThat(decide(machine, SystemCall.IOCTL, 0, 0x5401)).isEqualTo(ALLOW);
        assertThat(decide(machine, SystemCall.PRCTL, 1, 9)).isEqualTo(ALLOW);
        assertThat(decide(machine, SystemCall.PRCTL, 1, 0)).isEqualTo(EPERM);
        assertThat(decide(machine, SystemCall.PRCTL, 15, 0)).isEqualTo(ALLOW);
        assertThat(decide(machine, SystemCall.PERSONALITY, 0xFFFFFFFFL)).isEqualTo(ALLOW);
        assertThat(decide(machine, SystemCall.PERSONALITY, 0x0040000)).isEqualTo(EPERM);
    }

    @ParameterizedTest
    @EnumSource
    void endsAProgramThatCallsByAnotherArchitecturesTable(Machine machine) {
        assertThat(BpfMachine.run(SeccompFilter.of(machine, NetworkRules.NONE).instructions(), 0x40000003, 20))
                .isEqualTo(KILL);
    }

    @Test
    void knowsNoCallOfTheX32Convention() {
        assertThat(BpfMachine.run(
                        SeccompFilter.of(Machine.X86_64, NetworkRules.NONE).instructions(),
                        Machine.X86_64.auditNumber(),
                        0x40000000 | 101))
                .isEqualTo(ENOSYS);
    }

    @ParameterizedTest
    @EnumSource
    void isNoLongerThanTheKernelAllows(Machine machine) {
        byte[] bytes = SeccompFilter.of(machine, CONNECTS).bytes();
        assertThat(bytes.length % 8).isZero();
        assertThat(bytes.length / 8).isLessThan(4096);
    }
}
