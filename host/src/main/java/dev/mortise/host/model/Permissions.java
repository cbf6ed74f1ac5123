package dev.mortise.host.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a plugin declares that it needs. Everything else is denied, as far as its runtime can enforce it.
 *
 * @param network hosts that it connects to, {@code host} or {@code host:port}, {@code *.host} for subdomains
 * @param listen ports that it listens on
 * @param read paths that it reads
 * @param write paths that it writes
 * @param environment environment variables that it sees
 * @param run programs that it starts
 * @param threads whether it makes threads of its own
 * @param reflection whether it uses reflection or method handles beyond its own classes
 * @param nativeAccess whether it loads native code
 * @param blocking whether its hooks may wait: for files, the network, locks, time
 */
public record Permissions(
        SortedSet<String> network,
        SortedSet<String> listen,
        SortedSet<String> read,
        SortedSet<String> write,
        SortedSet<String> environment,
        SortedSet<String> run,
        boolean threads,
        boolean reflection,
        boolean nativeAccess,
        boolean blocking) {

    public static final Permissions NONE = new Permissions(
            new TreeSet<>(),
            new TreeSet<>(),
            new TreeSet<>(),
            new TreeSet<>(),
            new TreeSet<>(),
            new TreeSet<>(),
            false,
            false,
            false,
            false);

    public Permissions {
        network = copy(network);
        listen = copy(listen);
        read = copy(read);
        write = copy(write);
        environment = copy(environment);
        run = copy(run);
    }

    /** Without {@code blocking}. */
    public Permissions(
            SortedSet<String> network,
            SortedSet<String> listen,
            SortedSet<String> read,
            SortedSet<String> write,
            SortedSet<String> environment,
            SortedSet<String> run,
            boolean threads,
            boolean reflection,
            boolean nativeAccess) {
        this(network, listen, read, write, environment, run, threads, reflection, nativeAccess, false);
    }

    /** One line for each permission, such as {@code network api.example.com:443}, in a fixed order. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        network.forEach(host -> lines.add("network " + host));
        listen.forEach(port -> lines.add("listen " + port));
        read.forEach(path -> lines.add("read " + path));
        write.forEach(path -> lines.add("write " + path));
        environment.forEach(name -> lines.add("environment " + name));
        run.forEach(program -> lines.add("run " + program));
        if (threads) {
            lines.add("threads");
        }
        if (reflection) {
            lines.add("reflection");
        }
        if (nativeAccess) {
            lines.add("native");
        }
        if (blocking) {
            lines.add("blocking");
        }
        return List.copyOf(lines);
    }

    private static SortedSet<String> copy(SortedSet<String> set) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(set));
    }
}
