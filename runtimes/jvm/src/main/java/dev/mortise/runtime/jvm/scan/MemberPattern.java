package dev.mortise.runtime.jvm.scan;

/**
 * The members that a line of a table is for.
 *
 * @param name without the star
 * @param anyRest whether the name may go on
 * @param parameters how a method's descriptor begins; empty for every overload
 */
record MemberPattern(String name, boolean anyRest, String parameters) {

    /** @param text as the tables describe it */
    static MemberPattern parse(String text) {
        int open = text.indexOf('(');
        String parameters = open < 0 ? "" : parameters(text.substring(open + 1, text.length() - 1));
        String name = open < 0 ? text : text.substring(0, open);
        boolean anyRest = name.endsWith("*");
        String known = anyRest ? name.substring(0, name.length() - 1) : name;
        return new MemberPattern(known.equals("new") ? "<init>" : known, anyRest, parameters);
    }

    private static String parameters(String text) {
        if (text.isEmpty()) {
            return "()";
        }
        boolean more = text.endsWith(",..");
        String known = more ? text.substring(0, text.length() - ",..".length()) : text;
        StringBuilder types = new StringBuilder();
        for (String type : known.split(",", -1)) {
            types.append(descriptor(type));
        }
        return "(" + types + (more ? "" : ")");
    }

    private static String descriptor(String type) {
        return switch (type) {
            case "boolean" -> "Z";
            case "int" -> "I";
            case "long" -> "J";
            default -> "L" + type.replace('.', '/') + ";";
        };
    }

    boolean matches(String member, String descriptor) {
        boolean named = anyRest ? member.startsWith(name) : member.equals(name);
        return named && descriptor.startsWith(parameters);
    }

    /** Of two patterns that match, that with the greater number is meant. */
    int precision() {
        return (anyRest ? 0 : 1_000) + parameters.length() + name.length();
    }
}
