/** The smallest plugin there is: one function, no configuration, no state. */
@NullMarked
package dev.mortise.plugin.helloworld;

import org.jspecify.annotations.NullMarked;
