/** The side towards the network: connections, how requests are read and answered, and how all that comes to an end. */
@NullMarked
package dev.mortise.server.listen;

import org.jspecify.annotations.NullMarked;
