@NullMarked
package dev.mortise.plugin.jsontext;

import org.jspecify.annotations.NullMarked;
