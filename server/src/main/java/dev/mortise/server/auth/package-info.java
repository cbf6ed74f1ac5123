/** Who a request comes from, and whether that is enough for what it wants. */
@NullMarked
package dev.mortise.server.auth;

import org.jspecify.annotations.NullMarked;
