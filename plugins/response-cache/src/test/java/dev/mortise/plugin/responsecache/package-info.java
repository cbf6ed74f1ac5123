@NullMarked
package dev.mortise.plugin.responsecache;

import org.jspecify.annotations.NullMarked;
