package com.example;

import dev.mortise.api.Rpc;

/** Annotated methods are inherited. */
public class Base {
    @Rpc public int fromBase(int... values) { return values.length; }
    @Rpc public int inherited() { return 1; }
}
