package dev.mortise.runtime.process.sandbox.kernel;

/** Error numbers, the same on every architecture that {@link Machine} knows. */
public final class Errno {

    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int ESRCH = 3;
    public static final int EINTR = 4;
    public static final int EAGAIN = 11;
    public static final int EEXIST = 17;
    public static final int ENOSYS = 38;
    public static final int EPROTONOSUPPORT = 93;
    public static final int EOPNOTSUPP = 95;
    public static final int EAFNOSUPPORT = 97;

    private Errno() {}

    /** Such as {@code EPERM (operation not permitted)}. */
    public static String describe(long errno) {
        return switch ((int) errno) {
            case EPERM -> "EPERM (operation not permitted)";
            case ENOENT -> "ENOENT (no such file)";
            case ESRCH -> "ESRCH (no such process)";
            case EAGAIN -> "EAGAIN (not enough resources)";
            case 12 -> "ENOMEM (not enough memory)";
            case 13 -> "EACCES (permission denied)";
            case EEXIST -> "EEXIST (exists already)";
            case 22 -> "EINVAL (not supported here)";
            case 24 -> "EMFILE (too many open files)";
            case 28 -> "ENOSPC (too many of these)";
            case ENOSYS -> "ENOSYS (not known to this kernel)";
            case 87 -> "EUSERS (too many nested)";
            case EOPNOTSUPP -> "EOPNOTSUPP (switched off)";
            default -> "error " + errno;
        };
    }
}
