/** JSON as text: strict reading, and repair. */
@NullMarked
package dev.mortise.plugin.jsontext;

import org.jspecify.annotations.NullMarked;
