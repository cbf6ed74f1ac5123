package dev.mortise.storage;

/** What a change survives once its transaction has returned. */
enum Durability {
    /** Loss of power, as far as the disk keeps its word: the transaction waits for the disk. */
    POWER_LOSS,

    /**
     * The death of the process, at any moment. It does not wait for the disk, so a loss of power may take away the last
     * moments: whole transactions, the latest first, and none from before a change that waited.
     */
    PROCESS_DEATH
}
