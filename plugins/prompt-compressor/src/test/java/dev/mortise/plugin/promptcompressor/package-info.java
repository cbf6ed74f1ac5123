@NullMarked
package dev.mortise.plugin.promptcompressor;

import org.jspecify.annotations.NullMarked;
