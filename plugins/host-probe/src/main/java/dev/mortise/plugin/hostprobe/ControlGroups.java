package dev.mortise.plugin.hostprobe;

import dev.mortise.plugin.hostprobe.Memory.ContainerMemory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The limits that control groups, version 1 or 2, set for this process. A limit of a parent holds for its children, so
 * the tightest one on the way up is what counts.
 */
final class ControlGroups {

    private static final String MOUNT = "sys/fs/cgroup";

    private final KernelFiles files;

    ControlGroups(KernelFiles files) {
        this.files = files;
    }

    Optional<ContainerMemory> memory() {
        // Version 1 says "no limit" by a number close to the greatest long, so nothing beyond a pebibyte is a limit.
        long unlimited = 1L << 50;
        return folders("memory")
                .flatMap(folder -> Stream.of(
                                limit(folder, "memory.max", "memory.current"),
                                limit(folder, "memory.limit_in_bytes", "memory.usage_in_bytes"))
                        .flatMap(Optional::stream))
                .filter(memory -> memory.limitBytes() > 0 && memory.limitBytes() < unlimited)
                .min(Comparator.comparingLong(ContainerMemory::limitBytes));
    }

    /** How many cores' worth of time the process may use; absent if that is not limited. */
    Optional<Double> cpuQuota() {
        return folders("cpu")
                .flatMap(folder -> Stream.of(
                                files.readLine(folder + "/cpu.max"),
                                files.readLine(folder + "/cpu.cfs_quota_us")
                                        .flatMap(quota -> files.readLine(folder + "/cpu.cfs_period_us")
                                                .map(period -> quota + " " + period)))
                        .flatMap(Optional::stream))
                .flatMap(text -> parseQuota(text).stream())
                .min(Comparator.naturalOrder());
    }

    /** @param text quota and period in microseconds; the quota is {@code max} or -1 for none */
    static Optional<Double> parseQuota(String text) {
        String[] words = text.strip().split("\\s+");
        if (words.length < 2) {
            return Optional.empty();
        }
        OptionalLong quota = Numerals.integer(words[0]);
        OptionalLong period = Numerals.integer(words[1]);
        return quota.orElse(-1) > 0 && period.orElse(-1) > 0
                ? Optional.of((double) quota.getAsLong() / period.getAsLong())
                : Optional.empty();
    }

    private Optional<ContainerMemory> limit(String folder, String limitFile, String usageFile) {
        OptionalLong limit = number(folder + "/" + limitFile);
        OptionalLong usage = number(folder + "/" + usageFile);
        if (limit.isEmpty() || usage.isEmpty()) {
            return Optional.empty();
        }
        return Numerals.percent(usage.getAsLong(), limit.getAsLong())
                .map(percent -> new ContainerMemory(limit.getAsLong(), usage.getAsLong(), percent));
    }

    private OptionalLong number(String path) {
        return files.readLine(path).map(Numerals::counter).orElse(OptionalLong.empty());
    }

    /**
     * The folders of this process's group and of all its parents. A container often sees its own group as the root
     * while the path that it is told is the machine's; then only the root is there.
     */
    private Stream<String> folders(String controller) {
        List<String> folders = new ArrayList<>();
        files.read("proc/self/cgroup").stream()
                .flatMap(String::lines)
                .forEach(line -> folders.addAll(folders(line, controller)));
        folders.add(MOUNT);
        folders.add(MOUNT + "/" + controller);
        return folders.stream().distinct();
    }

    /** @param line such as {@code 0::/user.slice} or {@code 4:cpu,cpuacct:/docker/1f2e} */
    static List<String> folders(String line, String controller) {
        String[] parts = line.split(":", 3);
        if (parts.length < 3 || !parts[2].startsWith("/") || parts[2].contains("..")) {
            return List.of();
        }
        String mount;
        if (parts[1].isEmpty()) {
            mount = MOUNT;
        } else if (List.of(parts[1].split(",")).contains(controller)) {
            mount = MOUNT + "/" + controller;
        } else {
            return List.of();
        }
        List<String> folders = new ArrayList<>();
        String path = parts[2];
        while (path.length() > 1) {
            folders.add(mount + path);
            path = path.substring(0, path.lastIndexOf('/'));
        }
        return folders;
    }
}
