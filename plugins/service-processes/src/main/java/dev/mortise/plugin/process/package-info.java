/** The plugins that offer services, each as a program of its own. */
@NullMarked
package dev.mortise.plugin.process;

import org.jspecify.annotations.NullMarked;
