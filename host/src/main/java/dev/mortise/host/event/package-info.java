/** Carries what happens in a host to those who want to know: subscribers outside and listeners in plugins. */
@NullMarked
package dev.mortise.host.event;

import org.jspecify.annotations.NullMarked;
