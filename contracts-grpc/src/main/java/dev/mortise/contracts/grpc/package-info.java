/** An adapter for each contract: the four services of {@code console.plugin.v1}, and {@code mortise.channel.v1}. */
@NullMarked
package dev.mortise.contracts.grpc;

import org.jspecify.annotations.NullMarked;
