/**
 * What every implementation of {@link dev.mortise.host.spi.HostStorage} shares, whatever it keeps its records in: the
 * folder of packages and the rules of plugins' state.
 */
@NullMarked
package dev.mortise.host.storage;

import org.jspecify.annotations.NullMarked;
