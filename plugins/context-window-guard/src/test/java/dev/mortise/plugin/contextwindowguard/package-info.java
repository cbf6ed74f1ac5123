@NullMarked
package dev.mortise.plugin.contextwindowguard;

import org.jspecify.annotations.NullMarked;
