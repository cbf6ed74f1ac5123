/** What the host's operations return, as JSON: the same for every adapter. */
@NullMarked
package dev.mortise.host.view;

import org.jspecify.annotations.NullMarked;
