package dev.mortise.testkit;

import dev.mortise.api.Plugin;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Starts the plugin when a test asks for it. JUnit closes what is in its stores, so nothing outlives its test. */
final class PluginTestExtension implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(PluginTestExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == PluginUnderTest.class;
    }

    @Override
    public PluginUnderTest resolveParameter(ParameterContext parameter, ExtensionContext test) {
        if (test.getTestMethod().isEmpty()) {
            throw new ParameterResolutionException("each test gets a plugin of its own: take PluginUnderTest as a"
                    + " parameter of a test, @BeforeEach or @AfterEach method, not of a constructor or @BeforeAll");
        }
        return test.getStore(NAMESPACE).computeIfAbsent(PluginUnderTest.class, _ -> start(test), PluginUnderTest.class);
    }

    private static PluginUnderTest start(ExtensionContext test) {
        PluginTest annotation = annotation(test);
        List<Class<? extends Plugin>> plugins = Arrays.asList(annotation.alongside());
        PackageFolders folders = test.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(PackageFolders.class, _ -> new PackageFolders(), PackageFolders.class);
        return PluginUnderTest.start(
                folders.of(annotation.value()),
                Json.object(annotation.config()),
                plugins.stream().map(folders::of).toList());
    }

    private static PluginTest annotation(ExtensionContext test) {
        return AnnotationSupport.findAnnotation(test.getElement(), PluginTest.class)
                .or(() -> AnnotationSupport.findAnnotation(
                        test.getRequiredTestClass(), PluginTest.class, test.getEnclosingTestClasses()))
                .orElseThrow(() -> new ParameterResolutionException(
                        "annotate " + test.getRequiredTestClass().getName() + " with @PluginTest(YourPlugin.class)"));
    }
}
