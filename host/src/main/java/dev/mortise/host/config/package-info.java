/** The configuration of a plugin: its defaults, the operator's values on top, what is allowed and what is secret. */
@NullMarked
package dev.mortise.host.config;

import org.jspecify.annotations.NullMarked;
