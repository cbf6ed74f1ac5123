package dev.mortise.docs;

import java.net.URI;
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
    private static final Pattern PACKAGE = Pattern.compile("^package\\s+([\\w.]+);", Pattern.MULTILINE);
    private static final List<String> IMPORTS = List.of(
            "dev.mortise.api.*",
            "dev.mortise.api.json.*",
            "dev.mortise.gateway.*",
            "dev.mortise.gateway.http.*",
            "dev.mortise.host.*",
            "dev.mortise.server.*",
            "dev.mortise.storage.*",
            "dev.mortise.testkit.*",
            "java.nio.file.*",
            "java.time.*",
            "java.util.*",
            "org.junit.jupiter.api.Test");
    private static final String STATIC_IMPORT = "import static org.assertj.core.api.Assertions.*;\n";

    private JavaSnippet() {}

    static boolean namesPackage(String text) {
        return PACKAGE.matcher(text).find();
    }

    /** Whole classes that belong together. Empty if they compile. */
    static List<String> errorsOf(List<String> classes) {
        return compile(classes.stream().map(JavaSnippet::source).toList());
    }

    /** Empty if it compiles as a class, as members, or as statements. */
    static List<String> errorsOf(String text) {
        Matcher type = TOP_LEVEL.matcher(text);
        if (type.find()) {
            return compile(List.of(source(type.group(1), imports() + text)));
        }
        String start = imports() + "class Snippet {\n Mortise host; PluginContext context;\n";
        List<String> asStatements =
                compile(List.of(source("Snippet", start + "void run() throws Exception {\n" + text + "\n} }")));
        return asStatements.isEmpty()
                        || compile(List.of(source("Snippet", start + text + "\n}")))
                                .isEmpty()
                ? List.of()
                : asStatements;
    }

    private static JavaFileObject source(String text) {
        Matcher name = PACKAGE.matcher(text);
        Matcher type = TOP_LEVEL.matcher(text);
        if (!name.find() || !type.find()) {
            throw new IllegalArgumentException("neither package nor class in " + text);
        }
        return source(name.group(1).replace('.', '/') + "/" + type.group(1), text);
    }

    private static JavaFileObject source(String path, String text) {
        return new SimpleJavaFileObject(URI.create("string:///" + path + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    private static String imports() {
        return IMPORTS.stream().map(name -> "import " + name + ";\n").collect(Collectors.joining()) + STATIC_IMPORT;
    }

    private static List<String> compile(List<JavaFileObject> sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        List<String> options =
                List.of("-proc:none", "-parameters", "-cp", System.getProperty("java.class.path"), "-d", "target");
        compiler.getTask(null, null, found, options, null, sources).call();
        return found.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(diagnostic -> diagnostic.getMessage(Locale.ROOT))
                .toList();
    }
}
