/* Tries what a plugin must not be able to do, and prints what came of it: "ok", or the name of the error. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static void say(const char *what, long result) {
    const char *name = result >= 0 ? "ok" : strerrorname_np(errno);
    printf("%s %s\n", what, name ? name : "?");
    fflush(stdout);
}

static void try_read(const char *path) {
    char text[64];
    int fd = open(path, O_RDONLY);
    say("open", fd);
    if (fd >= 0) say("read", read(fd, text, sizeof text));
}

static void try_write(const char *path) {
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    say("write", fd >= 0 ? write(fd, "hostile", 7) : fd);
}

static void fill(struct sockaddr_in *address, int port) {
    memset(address, 0, sizeof *address);
    address->sin_family = AF_INET;
    address->sin_port = htons(port);
    address->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
}

static void try_connect(int port) {
    struct sockaddr_in address;
    fill(&address, port);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    say("connect", fd < 0 ? fd : connect(fd, (struct sockaddr *) &address, sizeof address));
}

/* Sends without having connected: the kernel then connects by itself (TCP fast open). */
static void try_connect_with_data(int port) {
    struct sockaddr_in address;
    struct iovec bytes = {.iov_base = "hostile", .iov_len = 7};
    struct mmsghdr message = {.msg_hdr = {
        .msg_name = &address, .msg_namelen = sizeof address, .msg_iov = &bytes, .msg_iovlen = 1}};
    fill(&address, port);
    say("sendto", sendto(socket(AF_INET, SOCK_STREAM, 0), "hostile", 7, MSG_FASTOPEN,
                         (struct sockaddr *) &address, sizeof address));
    say("sendmsg", sendmsg(socket(AF_INET, SOCK_STREAM, 0), &message.msg_hdr, MSG_FASTOPEN));
    say("sendmmsg", sendmmsg(socket(AF_INET, SOCK_STREAM, 0), &message, 1, MSG_FASTOPEN));
}

static void try_bind(int port) {
    struct sockaddr_in address;
    int yes = 1;
    fill(&address, port);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd >= 0) setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    say("bind", fd < 0 ? fd : bind(fd, (struct sockaddr *) &address, sizeof address));
}

static void try_unix(const char *name, int abstract) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strncpy(address.sun_path + abstract, name, sizeof address.sun_path - 2);
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    socklen_t size = offsetof(struct sockaddr_un, sun_path) + abstract + strlen(name) + !abstract;
    say("connect", fd < 0 ? fd : connect(fd, (struct sockaddr *) &address, size));
}

static void echo(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    char text[64];
    strncpy(address.sun_path, path, sizeof address.sun_path - 1);
    int server = socket(AF_UNIX, SOCK_STREAM, 0);
    say("bind", server < 0 ? server : bind(server, (struct sockaddr *) &address, sizeof address));
    say("listen", listen(server, 4));
    int peer = accept(server, NULL, NULL);
    long n = read(peer, text, sizeof text);
    say("echo", write(peer, text, n > 0 ? n : 0));
}

static void try_signal(int pid) {
    say("kill", kill(pid, SIGKILL));
    say("term", kill(pid, SIGTERM));
    say("tgkill", syscall(SYS_tgkill, pid, pid, SIGKILL));
}

static void try_memory_of(int pid) {
    char text[16], path[64];
    struct iovec here = {text, sizeof text}, there = {(void *) 0x400000, sizeof text};
    say("ptrace", ptrace(PTRACE_ATTACH, pid, 0, 0));
    say("process_vm_readv", syscall(SYS_process_vm_readv, pid, &here, 1, &there, 1, 0));
    snprintf(path, sizeof path, "/proc/%d/mem", pid);
    say("mem", open(path, O_RDWR));
    snprintf(path, sizeof path, "/proc/%d/environ", pid);
    say("environ", open(path, O_RDONLY));
}

static void try_calls(void) {
    char stack[16384];
    say("mount", mount("none", "/", "tmpfs", 0, ""));
    say("umount", umount2("/proc", MNT_DETACH));
    say("unshare-user", unshare(CLONE_NEWUSER));
    say("unshare-mount", unshare(CLONE_NEWNS));
    say("unshare-net", unshare(CLONE_NEWNET));
    say("clone-user", syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0));
    say("clone3", syscall(SYS_clone3, stack, 88));
    say("setns", setns(open("/dev/null", O_RDONLY), 0));
    say("chroot", chroot("/"));
    say("pivot_root", syscall(SYS_pivot_root, "/", "/"));
    say("bpf", syscall(SYS_bpf, 0, stack, 48));
    say("perf_event_open", syscall(SYS_perf_event_open, stack, 0, -1, -1, 0));
    say("keyctl", syscall(SYS_keyctl, 0, -3, 0, 0, 0));
    say("add_key", syscall(SYS_add_key, "user", "x", "y", 1, -3));
    say("userfaultfd", syscall(SYS_userfaultfd, 1));
    say("io_uring_setup", syscall(SYS_io_uring_setup, 1, stack));
    say("kexec_load", syscall(SYS_kexec_load, 0, 0, 0, 0));
    say("reboot", syscall(SYS_reboot, 1, 2, 3, 0)); /* the magic numbers are wrong on purpose */
    say("init_module", syscall(SYS_init_module, stack, 0, ""));
    say("delete_module", syscall(SYS_delete_module, "none", 0));
    say("personality", personality(ADDR_NO_RANDOMIZE));
    say("tiocsti", ioctl(0, TIOCSTI, "x"));
    say("sethostname", sethostname("hostile", 7));
    say("settimeofday", syscall(SYS_settimeofday, stack, 0));
    say("open_by_handle_at", syscall(SYS_open_by_handle_at, AT_FDCWD, stack, 0));
    say("setuid", setuid(0));
    say("setgid", setgid(0));
    say("keep-living", prctl(PR_SET_PDEATHSIG, 0));
#ifdef __x86_64__
    say("x32", syscall(0x40000000 | SYS_getpid));
    say("iopl", syscall(SYS_iopl, 3));
#endif
}

static void try_sockets(void) {
    say("tcp", socket(AF_INET, SOCK_STREAM, 0));
    say("tcp6", socket(AF_INET6, SOCK_STREAM, 0));
    say("udp", socket(AF_INET, SOCK_DGRAM, 0));
    say("raw", socket(AF_INET, SOCK_RAW, IPPROTO_ICMP));
    say("packet", socket(AF_PACKET, SOCK_RAW, 0));
    say("netlink", socket(AF_NETLINK, SOCK_RAW, 0));
    say("vsock", socket(AF_VSOCK, SOCK_STREAM, 0));
    say("alg", socket(AF_ALG, SOCK_SEQPACKET, 0));
    say("unix", socket(AF_UNIX, SOCK_STREAM, 0));
}

static void fork_bomb(void) {
    long made = 0;
    for (;;) {
        pid_t child = fork();
        if (child == 0) {
            for (;;) pause();
        }
        if (child < 0) break;
        made++;
    }
    say("fork", -1);
    printf("made %ld\n", made);
    fflush(stdout);
    for (;;) pause();
}

static void eat(long mebibytes) {
    for (long i = 0; i < mebibytes; i++) {
        char *block = malloc(1 << 20);
        if (!block) {
            say("malloc", -1);
            printf("ate %ld\n", i);
            fflush(stdout);
            exit(3);
        }
        memset(block, 1, 1 << 20);
    }
    printf("ate %ld\n", mebibytes);
    fflush(stdout);
}

static void open_all(void) {
    long opened = 0;
    while (open("/dev/null", O_RDONLY) >= 0) opened++;
    say("open", -1);
    printf("opened %ld\n", opened);
}

static void ignore_all(void) {
    for (int i = 1; i < 65; i++) signal(i, SIG_IGN);
}

/* A grandchild in a session of its own that ignores all it can, whose parents are dead. */
static void escape(int stay) {
    int pipe_ends[2];
    char c;
    if (pipe(pipe_ends)) exit(9);
    if (fork() == 0) {
        setsid();
        if (fork() == 0) {
            setsid();
            ignore_all();
            prctl(PR_SET_NAME, "hidden");
            say("escaped", 0);
            close(pipe_ends[1]);
            close(1);
            close(2);
            for (;;) pause();
        }
        _exit(0);
    }
    close(pipe_ends[1]);
    if (read(pipe_ends[0], &c, 1) < 0) exit(9);
    if (stay)
        for (;;) pause();
}

static long processes(void) {
    DIR *proc = opendir("/proc");
    struct dirent *entry;
    long count = 0;
    while (proc && (entry = readdir(proc)))
        if (strspn(entry->d_name, "0123456789") == strlen(entry->d_name)) count++;
    if (proc) closedir(proc);
    return count;
}

/* Makes orphans that end at once, and waits until nobody is left of them, not even as a zombie. */
static void make_orphans(void) {
    for (int i = 0; i < 100; i++) {
        pid_t child = fork();
        if (child == 0) {
            fork();
            _exit(0);
        }
        if (child < 0) {
            say("fork", -1);
            return;
        }
        waitpid(child, NULL, 0);
    }
    for (int i = 0; i < 3000 && processes() > 4; i++) usleep(10000);
    printf("orphans %s\n", processes() > 4 ? "left" : "gone");
}

static void list_processes(void) {
    DIR *proc = opendir("/proc");
    say("opendir", proc ? 0 : -1);
    printf("processes %ld\n", processes());
}

extern char **environ;

static void inherited(void) {
    for (int fd = 0; fd < 1024; fd++)
        if (fcntl(fd, F_GETFD) >= 0) printf("descriptor %d\n", fd);
    for (char **one = environ; *one; one++) printf("variable %s\n", *one);
    printf("session %d\n", getsid(0) == getpgid(0));
    for (int i = 1; i < 65; i++) {
        struct sigaction action;
        if (!sigaction(i, NULL, &action) && action.sa_handler == SIG_IGN) printf("ignored %d\n", i);
    }
}

int main(int count, char **words) {
    const char *verb = count > 1 ? words[1] : "";
    const char *first = count > 2 ? words[2] : "";
    const char *second = count > 3 ? words[3] : "";
    if (!strcmp(verb, "read")) try_read(first);
    else if (!strcmp(verb, "write")) try_write(first);
    else if (!strcmp(verb, "unlink")) say("unlink", unlink(first));
    else if (!strcmp(verb, "mkdir")) say("mkdir", mkdir(first, 0755));
    else if (!strcmp(verb, "rename")) say("rename", rename(first, second));
    else if (!strcmp(verb, "link")) say("link", link(first, second));
    else if (!strcmp(verb, "chmod")) say("chmod", chmod(first, 0777));
    else if (!strcmp(verb, "list")) say("list", opendir(first) ? 0 : -1);
    else if (!strcmp(verb, "device")) say("device", mknod(first, S_IFBLK | 0666, 0xfd00));
    else if (!strcmp(verb, "follow")) {
        say("symlink", symlink(first, second));
        try_read(second);
        try_write(second);
    }
    else if (!strcmp(verb, "connect")) try_connect(atoi(first));
    else if (!strcmp(verb, "connect-with-data")) try_connect_with_data(atoi(first));
    else if (!strcmp(verb, "bind")) try_bind(atoi(first));
    else if (!strcmp(verb, "connect-unix")) try_unix(first, 0);
    else if (!strcmp(verb, "connect-abstract")) try_unix(first, 1);
    else if (!strcmp(verb, "echo")) echo(first);
    else if (!strcmp(verb, "signal")) try_signal(atoi(first));
    else if (!strcmp(verb, "memory-of")) try_memory_of(atoi(first));
    else if (!strcmp(verb, "calls")) try_calls();
    else if (!strcmp(verb, "sockets")) try_sockets();
    else if (!strcmp(verb, "fork-bomb")) fork_bomb();
    else if (!strcmp(verb, "eat")) eat(atol(first));
    else if (!strcmp(verb, "open-all")) open_all();
    else if (!strcmp(verb, "ignore")) {
        ignore_all();
        say("ignoring", 0);
        for (;;) pause();
    }
    else if (!strcmp(verb, "escape")) escape(0);
    else if (!strcmp(verb, "escape-and-stay")) escape(1);
    else if (!strcmp(verb, "flood")) for (;;) puts("flood flood flood flood flood flood flood flood");
    else if (!strcmp(verb, "spin")) {
        say("spinning", 0);
        for (;;);
    }
    else if (!strcmp(verb, "processes")) list_processes();
    else if (!strcmp(verb, "inherited")) inherited();
    else if (!strcmp(verb, "make-orphans")) make_orphans();
    else if (!strcmp(verb, "who")) printf("euid %d\n", geteuid());
    else if (!strcmp(verb, "run")) {
        execv(first, words + 2);
        say("run", -1);
    }
    else if (!strcmp(verb, "compat")) {
#ifdef __x86_64__
        long result = 20;
        __asm__ volatile("int $0x80" : "+a"(result));
        printf("compat ok\n");
#else
        raise(SIGSYS);
#endif
    }
    else if (!strcmp(verb, "crash")) *(volatile int *) 0 = 1;
    else if (!strcmp(verb, "exit")) return atoi(first);
    else return 2;
    return 0;
}
