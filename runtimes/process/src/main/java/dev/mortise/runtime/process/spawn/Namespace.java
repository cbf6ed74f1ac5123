package dev.mortise.runtime.process.spawn;

/** A kind of kernel namespace, with its flag for {@code unshare} (linux/sched.h). */
enum Namespace {
    MOUNT(0x00020000, "mount"),
    NAMES(0x04000000, "host name"),
    MESSAGES(0x08000000, "inter-process communication"),
    PROCESS(0x20000000, "process"),
    NETWORK(0x40000000, "network");

    private final long flag;
    private final String title;

    Namespace(long flag, String title) {
        this.flag = flag;
        this.title = title;
    }

    long flag() {
        return flag;
    }

    String title() {
        return title;
    }
}
