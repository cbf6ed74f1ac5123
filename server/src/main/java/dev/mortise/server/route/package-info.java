/** What an operation of the HTTP API is: one table of these drives routing, roles, validation and the API's document. */
@NullMarked
package dev.mortise.server.route;

import org.jspecify.annotations.NullMarked;
