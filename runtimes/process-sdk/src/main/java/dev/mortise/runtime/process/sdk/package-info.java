/**
 * Serves plugins written in Java over the go-plugin protocol: {@link dev.mortise.runtime.process.sdk.MortisePlugin} to
 * Mortise, {@link dev.mortise.runtime.process.sdk.GoPluginServer} to any host of the protocol.
 */
@NullMarked
package dev.mortise.runtime.process.sdk;

import org.jspecify.annotations.NullMarked;
