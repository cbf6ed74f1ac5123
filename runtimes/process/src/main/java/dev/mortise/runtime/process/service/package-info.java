/** Typed contracts that a plugin's process serves. */
@NullMarked
package dev.mortise.runtime.process.service;

import org.jspecify.annotations.NullMarked;
