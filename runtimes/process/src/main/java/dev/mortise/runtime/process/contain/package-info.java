/** What the processes of plugins are kept in: by default the best sandbox that the machine offers. */
@NullMarked
package dev.mortise.runtime.process.contain;

import org.jspecify.annotations.NullMarked;
