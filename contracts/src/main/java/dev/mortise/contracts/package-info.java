/** Makes the contracts known to a host that has this library on its class path. */
@NullMarked
package dev.mortise.contracts;

import org.jspecify.annotations.NullMarked;
