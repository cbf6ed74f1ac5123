package dev.mortise.runtime.process.sandbox.kernel;

import dev.mortise.runtime.process.sandbox.NetworkRules;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Says which system calls a plugin may make, as a program in classic BPF over {@code struct seccomp_data} (linux/seccomp.h).
 * Refused calls fail with an error; only calls by another architecture's table end the process, since no program that was
 * built for this machine makes them.
 */
public final class SeccompFilter {

    private static final Set<SystemCall> REFUSED = Set.of(
            SystemCall.PTRACE,
            SystemCall.PROCESS_VM_READV,
            SystemCall.PROCESS_VM_WRITEV,
            SystemCall.PROCESS_MADVISE,
            SystemCall.PIDFD_GETFD,
            SystemCall.KCMP,
            SystemCall.MOUNT,
            SystemCall.UMOUNT2,
            SystemCall.PIVOT_ROOT,
            SystemCall.CHROOT,
            SystemCall.OPEN_TREE,
            SystemCall.OPEN_TREE_ATTR,
            SystemCall.MOVE_MOUNT,
            SystemCall.FSOPEN,
            SystemCall.FSCONFIG,
            SystemCall.FSMOUNT,
            SystemCall.FSPICK,
            SystemCall.MOUNT_SETATTR,
            SystemCall.OPEN_BY_HANDLE_AT,
            SystemCall.FANOTIFY_INIT,
            SystemCall.QUOTACTL,
            SystemCall.QUOTACTL_FD,
            SystemCall.SWAPON,
            SystemCall.SWAPOFF,
            SystemCall.UNSHARE,
            SystemCall.SETNS,
            SystemCall.KEXEC_LOAD,
            SystemCall.KEXEC_FILE_LOAD,
            SystemCall.REBOOT,
            SystemCall.INIT_MODULE,
            SystemCall.FINIT_MODULE,
            SystemCall.DELETE_MODULE,
            SystemCall.BPF,
            SystemCall.PERF_EVENT_OPEN,
            SystemCall.USERFAULTFD,
            SystemCall.ADD_KEY,
            SystemCall.REQUEST_KEY,
            SystemCall.KEYCTL,
            SystemCall.IO_URING_SETUP,
            SystemCall.IO_URING_ENTER,
            SystemCall.IO_URING_REGISTER,
            SystemCall.SYSLOG,
            SystemCall.ACCT,
            SystemCall.VHANGUP,
            SystemCall.SETHOSTNAME,
            SystemCall.SETDOMAINNAME,
            SystemCall.SETTIMEOFDAY,
            SystemCall.CLOCK_SETTIME,
            SystemCall.CLOCK_ADJTIME,
            SystemCall.ADJTIMEX,
            SystemCall.IOPL,
            SystemCall.IOPERM,
            SystemCall.MODIFY_LDT,
            SystemCall.USELIB,
            SystemCall.USTAT,
            SystemCall.SYSFS,
            SystemCall.LOOKUP_DCOOKIE,
            SystemCall.NFSSERVCTL,
            SystemCall.MOVE_PAGES,
            SystemCall.MIGRATE_PAGES);

    private static final int NEW_NAMESPACES = 0x7E020000;
    private static final int X32_CONVENTION = 0x40000000;
    private static final int TIOCSTI = 0x5412;
    private static final int TIOCLINUX = 0x541C;
    private static final int PR_SET_PDEATHSIG = 1;
    private static final int SIGKILL = 9;
    private static final int ASK_PERSONALITY = 0xFFFFFFFF;
    private static final int AF_UNIX = 1;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCKET_TYPE_BITS = 0xF;
    private static final int IPPROTO_TCP = 6;
    private static final int IPPROTO_UDP = 17;
    private static final int MSG_FASTOPEN = 0x20000000;

    private final Machine machine;
    private final BpfProgram program = new BpfProgram();

    private SeccompFilter(Machine machine) {
        this.machine = machine;
    }

    public static SeccompFilter of(Machine machine, NetworkRules network) {
        SeccompFilter filter = new SeccompFilter(machine);
        filter.onlyThisMachine();
        filter.sockets(network);
        filter.sends();
        filter.clones();
        filter.controls();
        filter.refusals();
        filter.program.allow();
        return filter;
    }

    /** The program as the kernel and bubblewrap read it: 8 bytes for each instruction. */
    public byte[] bytes() {
        List<BpfProgram.Instruction> instructions = program.instructions();
        ByteBuffer buffer = ByteBuffer.allocate(instructions.size() * 8).order(ByteOrder.nativeOrder());
        for (BpfProgram.Instruction one : instructions) {
            buffer.putShort((short) one.code())
                    .put((byte) one.ifTrue())
                    .put((byte) one.ifFalse())
                    .putInt(one.constant());
        }
        return buffer.array();
    }

    List<BpfProgram.Instruction> instructions() {
        return program.instructions();
    }

    private void onlyThisMachine() {
        program.loadArchitecture();
        program.unlessEqual(machine.auditNumber(), BpfProgram.KILL_PROCESS);
        program.loadNumber();
        if (machine == Machine.X86_64) {
            program.ifAtLeast(X32_CONVENTION, BpfProgram.error(Errno.ENOSYS));
        }
    }

    private void sockets(NetworkRules network) {
        when(SystemCall.SOCKET, body -> {
            body.loadArgument(0);
            body.ifEqual(AF_UNIX, BpfProgram.ALLOW);
            if (!network.isNone()) {
                for (int family : new int[] {AF_INET, AF_INET6}) {
                    BpfProgram checkType = new BpfProgram();
                    checkType.loadArgument(1);
                    checkType.and(SOCKET_TYPE_BITS);
                    checkType.ifEqual(SOCK_STREAM, onlyProtocol(IPPROTO_TCP));
                    if (network.connects()) {
                        checkType.ifEqual(SOCK_DGRAM, onlyProtocol(IPPROTO_UDP));
                    }
                    checkType.give(BpfProgram.error(Errno.EPERM));
                    body.ifEqual(family, checkType);
                }
            }
            body.give(BpfProgram.error(Errno.EAFNOSUPPORT));
        });
        when(SystemCall.SOCKETPAIR, body -> {
            body.loadArgument(0);
            body.unlessEqual(AF_UNIX, BpfProgram.error(Errno.EAFNOSUPPORT));
            body.allow();
        });
    }

    /** Streams by other protocols, such as MPTCP, SCTP and SMC, reach the same ports, and Landlock does not look at them. */
    private static BpfProgram onlyProtocol(int protocol) {
        BpfProgram body = new BpfProgram();
        body.loadArgument(2);
        body.ifEqual(0, BpfProgram.ALLOW);
        body.ifEqual(protocol, BpfProgram.ALLOW);
        body.give(BpfProgram.error(Errno.EPROTONOSUPPORT));
        return body;
    }

    /** The first bytes of a connection can make it, too, and then nobody asks Landlock. Programs fall back to connecting. */
    private void sends() {
        withFlags(SystemCall.SENDTO, 3);
        withFlags(SystemCall.SENDMSG, 2);
        withFlags(SystemCall.SENDMMSG, 3);
    }

    private void withFlags(SystemCall call, int argument) {
        when(call, body -> {
            body.loadArgument(argument);
            body.ifAnyBit(MSG_FASTOPEN, BpfProgram.error(Errno.EOPNOTSUPP));
            body.allow();
        });
    }

    /** {@code clone3} hides its flags in memory, where no filter can look: the C libraries fall back to {@code clone}. */
    private void clones() {
        when(SystemCall.CLONE3, body -> body.give(BpfProgram.error(Errno.ENOSYS)));
        when(SystemCall.CLONE, body -> {
            body.loadArgument(0);
            body.ifAnyBit(NEW_NAMESPACES, BpfProgram.error(Errno.EPERM));
            body.allow();
        });
    }

    private void controls() {
        when(SystemCall.IOCTL, body -> {
            body.loadArgument(1);
            body.ifEqual(TIOCSTI, BpfProgram.error(Errno.EPERM));
            body.ifEqual(TIOCLINUX, BpfProgram.error(Errno.EPERM));
            body.allow();
        });
        // The signal that ends the plugin with its host can be set, and not be taken back.
        when(SystemCall.PRCTL, body -> {
            body.loadArgument(0);
            body.unlessEqual(PR_SET_PDEATHSIG, BpfProgram.ALLOW);
            body.loadArgument(1);
            body.unlessEqual(SIGKILL, BpfProgram.error(Errno.EPERM));
            body.allow();
        });
        when(SystemCall.PERSONALITY, body -> {
            body.loadArgument(0);
            body.ifEqual(0, BpfProgram.ALLOW);
            body.ifEqual(ASK_PERSONALITY, BpfProgram.ALLOW);
            body.give(BpfProgram.error(Errno.EPERM));
        });
    }

    private void refusals() {
        REFUSED.stream()
                .sorted()
                .forEach(call -> call.number(machine)
                        .ifPresent(number -> program.ifEqual(number, BpfProgram.error(Errno.EPERM))));
    }

    private void when(SystemCall call, Consumer<BpfProgram> rule) {
        call.number(machine).ifPresent(number -> {
            BpfProgram body = new BpfProgram();
            rule.accept(body);
            program.ifEqual(number, body);
        });
    }
}
