/** What the types in a plugin's signatures look like in JSON: their schemas, and the way in and out. */
@NullMarked
package dev.mortise.runtime.jvm.shape;

import org.jspecify.annotations.NullMarked;
