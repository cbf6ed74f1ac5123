/** JSON as text and as bytes, and JSON Schema: the only place of the host that knows a JSON library. */
@NullMarked
package dev.mortise.host.json;

import org.jspecify.annotations.NullMarked;
