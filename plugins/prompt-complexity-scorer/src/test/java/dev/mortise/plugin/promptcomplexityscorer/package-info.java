@NullMarked
package dev.mortise.plugin.promptcomplexityscorer;

import org.jspecify.annotations.NullMarked;
