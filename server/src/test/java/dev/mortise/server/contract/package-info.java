/** What plugins of the tests implement. */
@NullMarked
package dev.mortise.server.contract;

import org.jspecify.annotations.NullMarked;
