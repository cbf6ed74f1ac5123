/** What a plugin leaves behind in the JVM when it is gone: found, taken away where that is possible, and named. */
@NullMarked
package dev.mortise.runtime.jvm.leftovers;

import org.jspecify.annotations.NullMarked;
