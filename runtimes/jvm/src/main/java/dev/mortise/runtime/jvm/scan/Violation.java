package dev.mortise.runtime.jvm.scan;

import dev.mortise.api.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A place where code does what the manifest does not permit.
 *
 * @param type the class by its binary name
 * @param method absent if it is about the class as a whole
 * @param line absent if it is about no line, or the class was compiled without
 * @param does such as {@code calls java.lang.Runtime.exec}
 * @param target what is referred to, such as {@code java.lang.Runtime.exec}
 * @param remark more about it, such as which hook gets there; may be empty
 */
record Violation(
        String type,
        Optional<String> method,
        Optional<String> sourceFile,
        OptionalInt line,
        String does,
        String target,
        String remark,
        Rule rule) {

    Violation {
        type = Names.printable(type);
        method = method.map(Names::printable);
        sourceFile = sourceFile.map(Names::printable);
        does = Names.printable(does);
        target = Names.printable(target);
        remark = Names.printable(remark);
    }

    @Override
    public String toString() {
        return place() + " " + does + ", which " + rule.category().does() + "; " + remark + demand();
    }

    private String place() {
        String name = method.map(called -> type + "." + called).orElse(type);
        return sourceFile
                .map(file -> name + " (" + file + (line.isPresent() ? ":" + line.getAsInt() : "") + ")")
                .orElse(name);
    }

    private String demand() {
        return switch (rule.requirement()) {
            case Requirement.Free _ -> "it is free";
            case Requirement.Never _ -> "no permission of the jvm runtime allows it";
            case Requirement.Needs needs -> "it needs the permission " + words(needs);
        };
    }

    private static String words(Requirement.Needs needs) {
        return needs.all().stream()
                .map(alternatives ->
                        alternatives.stream().map(Permission::field).collect(Collectors.joining(" or ")))
                .collect(Collectors.joining(" and "));
    }

    /** For programs. */
    JsonObject toJson() {
        List<String> permissions = switch (rule.requirement()) {
            case Requirement.Needs needs ->
                needs.all().stream()
                        .flatMap(Set::stream)
                        .map(Permission::field)
                        .distinct()
                        .toList();
            case Requirement.Free _, Requirement.Never _ -> List.of();
        };
        JsonObject json = JsonObject.of("message", toString())
                .with("class", type)
                .with("refers_to", target)
                .with("category", rule.category().code())
                .with("permissions", permissions);
        json = method.isPresent() ? json.with("method", method.get()) : json;
        json = sourceFile.isPresent() ? json.with("source_file", sourceFile.get()) : json;
        return line.isPresent() ? json.with("source_line", line.getAsInt()) : json;
    }
}
