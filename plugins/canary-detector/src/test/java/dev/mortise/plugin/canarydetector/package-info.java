@NullMarked
package dev.mortise.plugin.canarydetector;

import org.jspecify.annotations.NullMarked;
