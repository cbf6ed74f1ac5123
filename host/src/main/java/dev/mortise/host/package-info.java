/**
 * The host as an embedding program, and every adapter, sees it: {@code Mortise} and the values that
 * its operations take and return. What one adapter can do all can, with the same results, errors and audit record.
 */
@NullMarked
package dev.mortise.host;

import org.jspecify.annotations.NullMarked;
