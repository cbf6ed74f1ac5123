package dev.mortise.runtime.process.sandbox.kernel;

import java.util.Locale;
import java.util.OptionalInt;

/** System calls that are made or filtered here, with their numbers (the kernel's syscall_64.tbl and unistd.h). */
public enum SystemCall {
    READ(0, 63),
    WRITE(1, 64),
    CLOSE(3, 57),
    IOCTL(16, 29),
    SOCKET(41, 198),
    SENDTO(44, 206),
    SENDMSG(46, 211),
    SOCKETPAIR(53, 199),
    CLONE(56, 220),
    KILL(62, 129),
    FCNTL(72, 25),
    UMASK(95, 166),
    PTRACE(101, 117),
    SYSLOG(103, 116),
    USELIB(134, -1),
    PERSONALITY(135, 92),
    USTAT(136, -1),
    SYSFS(139, -1),
    VHANGUP(153, 58),
    MODIFY_LDT(154, -1),
    PIVOT_ROOT(155, 41),
    PRCTL(157, 167),
    ADJTIMEX(159, 171),
    CHROOT(161, 51),
    ACCT(163, 89),
    SETTIMEOFDAY(164, 170),
    MOUNT(165, 40),
    UMOUNT2(166, 39),
    SWAPON(167, 224),
    SWAPOFF(168, 225),
    REBOOT(169, 142),
    SETHOSTNAME(170, 161),
    SETDOMAINNAME(171, 162),
    IOPL(172, -1),
    IOPERM(173, -1),
    INIT_MODULE(175, 105),
    DELETE_MODULE(176, 106),
    QUOTACTL(179, 60),
    NFSSERVCTL(180, 42),
    GETEUID(107, 175),
    GETTID(186, 178),
    LOOKUP_DCOOKIE(212, 18),
    CLOCK_SETTIME(227, 112),
    KEXEC_LOAD(246, 104),
    WAITID(247, 95),
    ADD_KEY(248, 217),
    REQUEST_KEY(249, 218),
    KEYCTL(250, 219),
    MIGRATE_PAGES(256, 238),
    OPENAT(257, 56),
    MKDIRAT(258, 34),
    MKNODAT(259, 33),
    PPOLL(271, 73),
    UNSHARE(272, 97),
    MOVE_PAGES(279, 239),
    PIPE2(293, 59),
    PERF_EVENT_OPEN(298, 241),
    FANOTIFY_INIT(300, 262),
    OPEN_BY_HANDLE_AT(304, 265),
    CLOCK_ADJTIME(305, 266),
    SENDMMSG(307, 269),
    SETNS(308, 268),
    PROCESS_VM_READV(310, 270),
    PROCESS_VM_WRITEV(311, 271),
    KCMP(312, 272),
    FINIT_MODULE(313, 273),
    KEXEC_FILE_LOAD(320, 294),
    BPF(321, 280),
    USERFAULTFD(323, 282),
    IO_URING_SETUP(425, 425),
    IO_URING_ENTER(426, 426),
    IO_URING_REGISTER(427, 427),
    OPEN_TREE(428, 428),
    MOVE_MOUNT(429, 429),
    FSOPEN(430, 430),
    FSCONFIG(431, 431),
    FSMOUNT(432, 432),
    FSPICK(433, 433),
    CLONE3(435, 435),
    PIDFD_GETFD(438, 438),
    PROCESS_MADVISE(440, 440),
    MOUNT_SETATTR(442, 442),
    QUOTACTL_FD(443, 443),
    LANDLOCK_CREATE_RULESET(444, 444),
    LANDLOCK_ADD_RULE(445, 445),
    LANDLOCK_RESTRICT_SELF(446, 446),
    OPEN_TREE_ATTR(467, 467);

    private final int x86;
    private final int arm;

    SystemCall(int x86, int arm) {
        this.x86 = x86;
        this.arm = arm;
    }

    /** Its number, or nothing where the architecture does not have it. */
    public OptionalInt number(Machine machine) {
        int number = switch (machine) {
            case X86_64 -> x86;
            case AARCH64 -> arm;
        };
        return number < 0 ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** As the manual pages spell it. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
