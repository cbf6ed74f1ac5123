/** The adapters over a connection, without a host. */
@NullMarked
package dev.mortise.contracts.grpc;

import org.jspecify.annotations.NullMarked;
