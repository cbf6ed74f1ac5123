/**
 * The Linux kernel's own interface, through the foreign-function API: system calls, Landlock rulesets, seccomp filters,
 * spawning. For {@code dev.mortise.runtime.process.spawn}; nobody else calls it.
 */
@NullMarked
package dev.mortise.runtime.process.sandbox.kernel;

import org.jspecify.annotations.NullMarked;
