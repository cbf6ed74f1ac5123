@NullMarked
package dev.mortise.plugin.recordedcases;

import org.jspecify.annotations.NullMarked;
