/** The API's document, OpenAPI 3.1, made from the table of routes, so that it cannot say anything else than they do. */
@NullMarked
package dev.mortise.server.openapi;

import org.jspecify.annotations.NullMarked;
