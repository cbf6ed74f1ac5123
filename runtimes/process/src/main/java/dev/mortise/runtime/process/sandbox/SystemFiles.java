package dev.mortise.runtime.process.sandbox;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;

/** What every program needs of the system to start at all: libraries to read, a few devices. No accounts, no homes. */
public final class SystemFiles {

    private static final List<String> LIBRARIES =
            List.of("/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin", "/nix/store", "/gnu/store");
    private static final List<String> SETTINGS = List.of(
            "/etc/ld.so.cache",
            "/etc/ld.so.conf",
            "/etc/ld.so.conf.d",
            "/etc/ld-musl-x86_64.path",
            "/etc/ld-musl-aarch64.path",
            "/etc/localtime",
            "/etc/nsswitch.conf",
            "/etc/host.conf",
            "/etc/hosts",
            "/etc/resolv.conf",
            "/etc/ssl/certs",
            "/etc/ssl/openssl.cnf",
            "/etc/ca-certificates",
            "/etc/pki/tls",
            "/etc/pki/ca-trust",
            "/etc/crypto-policies");
    private static final List<String> MACHINE =
            List.of("/sys/devices/system/cpu", "/sys/devices/system/node", "/sys/kernel/mm/transparent_hugepage");
    private static final List<String> PROCESS_TABLE_FREE = List.of(
            "/proc/cpuinfo",
            "/proc/meminfo",
            "/proc/stat",
            "/proc/version",
            "/proc/uptime",
            "/proc/loadavg",
            "/proc/filesystems",
            "/proc/sys/kernel",
            "/proc/sys/vm",
            "/proc/sys/net/core/somaxconn");
    private static final List<String> DEVICES = List.of("/dev/null", "/dev/zero", "/dev/full");
    private static final List<String> RANDOM = List.of("/dev/random", "/dev/urandom");

    private SystemFiles() {}

    /**
     * Those of the rules whose files exist here.
     *
     * @param processesHidden whether {@code /proc} shows only the plugin's own processes, so that it can be read as a whole
     */
    public static List<FileRule> rules(boolean processesHidden) {
        List<FileRule> rules = new ArrayList<>();
        Stream.of(LIBRARIES, SETTINGS, MACHINE, RANDOM, processesHidden ? List.of("/proc") : PROCESS_TABLE_FREE)
                .flatMap(List::stream)
                .forEach(path -> addIfPresent(rules, FileRule.read(Path.of(path))));
        javaSettings().forEach(path -> addIfPresent(rules, FileRule.read(path)));
        DEVICES.forEach(path ->
                addIfPresent(rules, new FileRule(Path.of(path), EnumSet.of(FileAccess.READ, FileAccess.WRITE))));
        return rules;
    }

    /** Whether a path, as it is written, lies among the libraries and programs of the system, which every plugin can read. */
    public static boolean isLibrary(Path path) {
        return path.equals(path.normalize()) && LIBRARIES.stream().anyMatch(path::startsWith);
    }

    /** Distributions keep the settings of a JDK in {@code /etc/java-25-openjdk} and link to them. */
    private static List<Path> javaSettings() {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(Path.of("/etc"), "java*")) {
            folders.forEach(found::add);
        } catch (IOException | DirectoryIteratorException e) {
            return List.of();
        }
        return found;
    }

    private static void addIfPresent(List<FileRule> rules, FileRule rule) {
        if (Files.exists(rule.path())) {
            rules.add(rule);
        }
    }
}
