@NullMarked
package dev.mortise.plugin.latencyslaguard;

import org.jspecify.annotations.NullMarked;
