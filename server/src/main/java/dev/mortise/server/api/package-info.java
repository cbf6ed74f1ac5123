/** The operations of the API, by what they are about. Each asks the host once and renders what it says. */
@NullMarked
package dev.mortise.server.api;

import org.jspecify.annotations.NullMarked;
