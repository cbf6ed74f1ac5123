package dev.mortise.runtime.jvm.scan;

import dev.mortise.runtime.jvm.fixture.PluginPackage;
import dev.mortise.runtime.jvm.fixture.Sources;
import java.util.Map;

/** Plugins around a line of code. */
final class Snippets {

    /** Where the line stands. */
    static final int LINE = 4;

    private Snippets() {}

    /** A plugin whose method {@code call} has the line; of two parts with {@code ##} between them, the second is a member. */
    static PluginPackage function(String code) {
        return plugin("Plugin", "public Object call(Object in) throws Throwable", "", code, "");
    }

    /** A hook that has the line in its way. */
    static PluginPackage hook(String code) {
        return plugin(
                "Hook",
                "public Decision execute(HookContext in)",
                "try { ",
                code,
                " } catch (Exception e) { throw new IllegalStateException(e); } return Decision.passthrough();");
    }

    private static PluginPackage plugin(String type, String method, String before, String code, String after) {
        String[] parts = code.split("##", 2);
        Map<String, byte[]> classes = Sources.compile("""
                package com.example; import module java.base; import dev.mortise.api.*; import java.util.concurrent.locks.*;
                public class Bad implements %s { static Object kept; static ExecutorService pool; static Lock lock = new ReentrantLock();
                    %s {
                        %s
                    }
                    %s
                }
                """.formatted(
                        type, method, before + parts[0].strip() + after, parts.length > 1 ? parts[1].strip() : ""));
        return PluginPackage.of("com.example.Bad", classes);
    }
}
