package dev.mortise.host.spi;

/** Makes a thread leave plugin code that does not answer to an interrupt. Safe for use by several threads. */
public interface StopSignal {

    /** For runtimes in which nothing but an interrupt can be done. */
    StopSignal NONE = new StopSignal() {
        @Override
        public void stop(Thread thread) {}

        @Override
        public void clear(Thread thread) {}
    };

    /** From now on the thread is thrown out of the plugin's code wherever that is possible. May be repeated. */
    void stop(Thread thread);

    /** The thread has left; it may run the plugin's code again. */
    void clear(Thread thread);
}
