package dev.mortise.host.guard;

import dev.mortise.host.spi.StopSignal;

/** A runtime whose stop signal has a bug. */
final class FailingStopSignal implements StopSignal {

    @Override
    public void stop(Thread thread) {
        throw new StopError();
    }

    @Override
    public void clear(Thread thread) {
        throw new StopError();
    }
}
