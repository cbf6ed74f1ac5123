package dev.mortise.host.guard;

import org.jspecify.annotations.Nullable;

/** Says in a line where a thread is, or where something was thrown. */
final class StackPlace {

    private StackPlace() {}

    /** Where the thread is at this moment, or the empty text if it has ended. */
    static String of(Thread thread) {
        StackTraceElement[] frames = thread.getStackTrace();
        return frames.length == 0 ? "" : of(frames);
    }

    /** The innermost frame and, where that is the JDK's, the innermost one that is not. */
    static String of(StackTraceElement[] frames) {
        int own = 0;
        while (own < frames.length && isOfJdk(frames[own])) {
            own++;
        }
        String innermost = line(frames[0]);
        return own == 0 || own == frames.length ? innermost : innermost + ", called from " + line(frames[own]);
    }

    private static boolean isOfJdk(StackTraceElement frame) {
        @Nullable String module = frame.getModuleName();
        return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
    }

    private static String line(StackTraceElement frame) {
        @Nullable String file = frame.getFileName();
        String source = frame.isNativeMethod() || file == null
                ? ""
                : "(" + file + (frame.getLineNumber() > 0 ? ":" + frame.getLineNumber() : "") + ")";
        return frame.getClassName() + "." + frame.getMethodName() + source;
    }
}
