/** What tests of commands need: a terminal that remembers, a host to talk to, and plugins to talk about. */
@NullMarked
package dev.mortise.cli.harness;

import org.jspecify.annotations.NullMarked;
