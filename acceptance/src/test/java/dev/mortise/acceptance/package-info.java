/** Shows what a host promises, with real plugins, a real disk and real faults. */
@NullMarked
package dev.mortise.acceptance;

import org.jspecify.annotations.NullMarked;
