/** Commands that call functions and show what happens in a host. */
@NullMarked
package dev.mortise.cli.observe;

import org.jspecify.annotations.NullMarked;
