/** Chooses models by the tier of the caller. */
@NullMarked
package dev.mortise.plugin.tenantqosrouter;

import org.jspecify.annotations.NullMarked;
