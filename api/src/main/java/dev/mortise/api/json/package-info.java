/** JSON as immutable Java values: what hooks and untyped functions see, independent of any JSON library. */
@NullMarked
package dev.mortise.api.json;

import org.jspecify.annotations.NullMarked;
