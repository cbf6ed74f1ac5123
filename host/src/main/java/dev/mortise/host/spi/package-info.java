/** What extends a host: runtimes that run plugins, and the storage that remembers what the host must not forget. */
@NullMarked
package dev.mortise.host.spi;

import org.jspecify.annotations.NullMarked;
