/**
 * The heart of the host: generations, and the seven steps by which one follows another: plan, verify, load, check,
 * publish, record, drain.
 */
@NullMarked
package dev.mortise.host.generation;

import org.jspecify.annotations.NullMarked;
