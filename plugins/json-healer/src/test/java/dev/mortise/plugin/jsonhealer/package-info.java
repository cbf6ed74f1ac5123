@NullMarked
package dev.mortise.plugin.jsonhealer;

import org.jspecify.annotations.NullMarked;
