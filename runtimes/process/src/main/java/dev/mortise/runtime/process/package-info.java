/**
 * Runs executables as plugins, each in a process of its own that speaks the go-plugin protocol. What a plugin contributes
 * comes from {@code mortise.plugin.v1.Plugin} where it serves that, and from server reflection otherwise.
 */
@NullMarked
package dev.mortise.runtime.process;

import org.jspecify.annotations.NullMarked;
