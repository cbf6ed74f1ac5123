/** Who may use a host from outside, and what is written down about it. */
@NullMarked
package dev.mortise.host.access;

import org.jspecify.annotations.NullMarked;
