package dev.mortise.runtime.process.spawn;

import dev.mortise.runtime.process.sandbox.kernel.Kernel;
import dev.mortise.runtime.process.sandbox.kernel.SystemCall;
import dev.mortise.runtime.process.sandbox.kernel.ThreadStep;

/** Makes one system call. */
final class CallStep implements ThreadStep {

    private final Kernel kernel;
    private final String title;
    private final SystemCall call;
    private final long[] arguments;

    CallStep(Kernel kernel, String title, SystemCall call, long... arguments) {
        this.kernel = kernel;
        this.title = title;
        this.call = call;
        this.arguments = arguments.clone();
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public long run() {
        return kernel.call(call, arguments);
    }
}
