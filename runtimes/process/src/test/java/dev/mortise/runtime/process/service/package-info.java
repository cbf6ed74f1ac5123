/** Typed services over real processes, under a real host. */
@NullMarked
package dev.mortise.runtime.process.service;

import org.jspecify.annotations.NullMarked;
