package dev.mortise.runtime.process.sandbox.kernel;

import java.util.Locale;
import java.util.Optional;

/**
 * A processor architecture, as the kernel's audit interface numbers it (linux/audit.h).
 *
 * @see SystemCall
 */
public enum Machine {
    X86_64(0xC000003E),
    AARCH64(0xC00000B7);

    private final int auditNumber;

    Machine(int auditNumber) {
        this.auditNumber = auditNumber;
    }

    int auditNumber() {
        return auditNumber;
    }

    /** This machine's, if it runs Linux on an architecture whose system calls are known. */
    public static Optional<Machine> current() {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            return Optional.empty();
        }
        return switch (System.getProperty("os.arch", "").toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> Optional.of(X86_64);
            case "aarch64", "arm64" -> Optional.of(AARCH64);
            default -> Optional.empty();
        };
    }
}
