/** What happens in the host, as server-sent events. */
@NullMarked
package dev.mortise.server.events;

import org.jspecify.annotations.NullMarked;
