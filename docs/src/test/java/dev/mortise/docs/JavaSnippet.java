package dev.mortise.docs;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Java text from a page: a class, members of one, or statements; with the imports that a reader would have. */
final class JavaSnippet {

    private static final Pattern TOP_LEVEL = Pattern.compile(
            "^(?:@\\w+(?:\\(.*\\))?\\s+)*(?:(?:public|final|sealed|abstract)\\s+)*(?:class|interface|record|enum|@interface)\\s+(\\w+)",
            Pattern.MULTILINE);
    private static final List<String> IMPORTS = List.of(
            "dev.mortise.api.*",
            "dev.mortise.api.json.*",
            "dev.mortise.host.*",
            "dev.mortise.storage.*",
            "dev.mortise.testkit.*",
            "java.nio.file.*",
            "java.time.*",
            "java.util.*",
            "org.junit.jupiter.api.Test");
    private static final String STATIC_IMPORT = "import static org.assertj.core.api.Assertions.*;\n";

    private JavaSnippet() {}

    /** Empty if it compiles as a class, as members, or as statements. */
    static List<String> errorsOf(String text) {
        Matcher type = TOP_LEVEL.matcher(text);
        if (type.find()) {
            return compile(type.group(1), imports(text) + text);
        }
        List<String> asStatements = compile(
                "Snippet",
                imports(text) + "class Snippet {\n Mortise host; PluginContext context;\n void run() throws Exception {\n"
                        + text + "\n} }");
        return asStatements.isEmpty()
                ? asStatements
                : compile(
                                "Snippet",
                                imports(text) + "class Snippet {\n Mortise host; PluginContext context;\n" + text + "\n}")
                        .isEmpty()
                        ? List.of()
                        : asStatements;
    }

    private static String imports(String text) {
        String imports = IMPORTS.stream().map(name -> "import " + name + ";\n").collect(Collectors.joining());
        return text.startsWith("package ") ? "" : imports + STATIC_IMPORT;
    }

    private static List<String> compile(String name, String text) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        JavaFileObject source =
                new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return text;
                    }
                };
        List<String> options =
                List.of("-proc:none", "-parameters", "-cp", System.getProperty("java.class.path"), "-d", "target");
        compiler.getTask(null, null, found, options, null, List.of(source)).call();
        List<String> errors = new ArrayList<>();
        for (Diagnostic<?> diagnostic : found.getDiagnostics()) {
            if (diagnostic.getKind() == Diagnostic.Kind.ERROR) {
                errors.add(diagnostic.getMessage(Locale.ROOT));
            }
        }
        return errors;
    }
}
