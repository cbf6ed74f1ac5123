package dev.mortise.runtime.jvm.scan;

import java.util.Set;

/**
 * The methods that may link a dynamic call site or constant: those that compilers of Java write for lambdas, string
 * concatenation, records and patterns. Any other one is handed a lookup of the plugin's by the JVM, which is reflection.
 */
final class Bootstraps {

    private static final Set<String> KNOWN = Set.of(
            "java.lang.invoke.LambdaMetafactory.metafactory",
            "java.lang.invoke.LambdaMetafactory.altMetafactory",
            "java.lang.invoke.StringConcatFactory.makeConcat",
            "java.lang.invoke.StringConcatFactory.makeConcatWithConstants",
            "java.lang.invoke.ConstantBootstraps.enumConstant",
            "java.lang.invoke.ConstantBootstraps.invoke",
            "java.lang.invoke.ConstantBootstraps.nullConstant",
            "java.lang.invoke.ConstantBootstraps.primitiveClass",
            "java.lang.runtime.ObjectMethods.bootstrap",
            "java.lang.runtime.SwitchBootstraps.enumSwitch",
            "java.lang.runtime.SwitchBootstraps.typeSwitch");

    private static final Rule OTHERS = new Rule(Category.REFLECTION, Requirement.Needs.one(Permission.REFLECTION));

    private Bootstraps() {}

    static Rule rule(Reference method) {
        return KNOWN.contains(method.owner() + "." + method.member()) ? Rule.FREE : OTHERS;
    }
}
