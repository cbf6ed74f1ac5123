package dev.mortise.runtime.process.sandbox;

/**
 * Bounds on what a plugin uses.
 *
 * @param memoryBytes of all of its processes together; of each process where the machine has no memory control group
 * @param processes and threads, all together
 * @param processors as a number of processors that it may keep busy, such as 0.5
 * @param descriptors open files and sockets of each process
 * @param fileBytes the size of one file that it writes
 */
public record ResourceBounds(long memoryBytes, int processes, double processors, int descriptors, long fileBytes) {

    private static final long MEBIBYTE = 1L << 20;

    /** 512 MiB, 256 processes and threads, one processor, 512 descriptors, files of 1 GiB. */
    public static final ResourceBounds DEFAULT = new ResourceBounds(512 * MEBIBYTE, 256, 1.0, 512, 1024 * MEBIBYTE);

    /** @throws IllegalArgumentException if a bound is too low for any process to start */
    public ResourceBounds {
        atLeast("memoryBytes", memoryBytes, 4 * MEBIBYTE);
        atLeast("processes", processes, 4);
        atLeast("descriptors", descriptors, 16);
        atLeast("fileBytes", fileBytes, 0);
        if (!(processors >= 0.01)) {
            throw new IllegalArgumentException("processors is " + processors + ", less than 0.01");
        }
    }

    public ResourceBounds withMemory(long bytes) {
        return new ResourceBounds(bytes, processes, processors, descriptors, fileBytes);
    }

    public ResourceBounds withProcesses(int count) {
        return new ResourceBounds(memoryBytes, count, processors, descriptors, fileBytes);
    }

    public ResourceBounds withProcessors(double count) {
        return new ResourceBounds(memoryBytes, processes, count, descriptors, fileBytes);
    }

    public ResourceBounds withDescriptors(int count) {
        return new ResourceBounds(memoryBytes, processes, processors, count, fileBytes);
    }

    private static void atLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + ", less than " + least);
        }
    }
}
