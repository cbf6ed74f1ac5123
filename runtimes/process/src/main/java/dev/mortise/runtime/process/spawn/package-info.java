/**
 * Starts processes inside a sandbox, and sees to it that nothing of them is left. {@link
 * dev.mortise.runtime.process.spawn.SandboxLauncher} is the way in.
 */
@NullMarked
package dev.mortise.runtime.process.spawn;

import org.jspecify.annotations.NullMarked;
