@NullMarked
package dev.mortise.plugin.responsequalitygate;

import org.jspecify.annotations.NullMarked;
