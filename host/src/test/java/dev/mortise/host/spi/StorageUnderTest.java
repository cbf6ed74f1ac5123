package dev.mortise.host.spi;

import java.nio.file.Path;

/** What each part of the contract works with. */
interface StorageUnderTest {

    /** Opened anew for each test. */
    HostStorage storage();

    /** The storage's own clock. */
    ManualClock clock();

    /** A folder for a test's own files. */
    Path scratch();
}
