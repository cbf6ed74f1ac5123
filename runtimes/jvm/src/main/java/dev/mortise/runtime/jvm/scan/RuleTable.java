package dev.mortise.runtime.jvm.scan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringTokenizer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One of the tables. Their form is described at the top of {@code references.rules}. Immutable. */
final class RuleTable {

    private static final int FIRST_MEMBER = 3;

    private final Map<String, OwnerRules> owners = new HashMap<>();
    /** Which classes have a line for a member of this name that is not free; subclasses of theirs inherit it. */
    private final Map<String, List<String>> ownersByMember = new HashMap<>();

    private final List<String> ownersByStar = new ArrayList<>();
    private final Rule otherwise;

    private RuleTable(List<String> lines, Rule otherwise) {
        this.otherwise = otherwise;
        for (String line : lines) {
            if (!line.isBlank() && !line.startsWith("#")) {
                add(line);
            }
        }
    }

    /** What code may refer to, and with which permission. */
    static RuleTable references() {
        return read("references.rules", Rule.UNKNOWN);
    }

    /** What waits. */
    static RuleTable waits() {
        return read("waits.rules", Rule.FREE);
    }

    /** What can be stopped at any time. */
    static RuleTable stoppable() {
        return read("stoppable.rules", Rule.UNKNOWN);
    }

    /** @param otherwise for what no line covers */
    static RuleTable of(List<String> lines, Rule otherwise) {
        return new RuleTable(lines, otherwise);
    }

    private static RuleTable read(String name, Rule otherwise) {
        try (InputStream file = RuleTable.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("the table " + name + " is missing from the runtime");
            }
            return of(List.of(new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)), otherwise);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String line) {
        StringTokenizer columns = new StringTokenizer(line);
        if (columns.countTokens() < FIRST_MEMBER) {
            throw new IllegalArgumentException("not a line of a table: " + line);
        }
        String owner = columns.nextToken();
        Rule rule = rule(columns.nextToken(), columns.nextToken());
        OwnerRules rules = owners.computeIfAbsent(owner, _ -> new OwnerRules());
        if (!columns.hasMoreTokens()) {
            rules.setWhole(rule);
        }
        while (columns.hasMoreTokens()) {
            MemberPattern pattern = MemberPattern.parse(columns.nextToken());
            rules.add(pattern, rule);
            if (!owner.endsWith("*") && !rule.isFree()) {
                remember(owner, pattern);
            }
        }
    }

    private static Rule rule(String category, String permission) {
        Requirement requirement = Requirement.parse(permission);
        return requirement instanceof Requirement.Free
                ? Rule.FREE
                : new Rule(Category.valueOf(category.toUpperCase(Locale.ROOT)), requirement);
    }

    private void remember(String owner, MemberPattern pattern) {
        if (pattern.anyRest()) {
            ownersByStar.add(owner);
        } else if (!pattern.name().startsWith(".") && !pattern.name().equals("<init>")) {
            ownersByMember
                    .computeIfAbsent(pattern.name(), _ -> new ArrayList<>())
                    .add(owner);
        }
    }

    /**
     * What the table says.
     *
     * @param isSubclassOf whether the reference's owner is a subclass of the class that it is given
     */
    Rule find(Reference reference, Predicate<String> isSubclassOf) {
        OwnerRules exact = owners.get(reference.owner());
        Rule own = exact == null ? null : exact.find(reference);
        if (own != null) {
            return own;
        }
        Rule inherited = inherited(reference, isSubclassOf);
        return inherited != null ? inherited : enclosing(reference);
    }

    private @Nullable Rule inherited(Reference reference, Predicate<String> isSubclassOf) {
        if (!reference.isMember() || reference.isConstructor()) {
            return null;
        }
        List<String> candidates = new ArrayList<>(ownersByMember.getOrDefault(reference.member(), List.of()));
        candidates.addAll(ownersByStar);
        for (String parent : candidates) {
            OwnerRules rules = owners.get(parent);
            Rule rule = rules == null ? null : rules.named(reference);
            if (rule != null && !parent.equals(reference.owner()) && isSubclassOf.test(parent)) {
                return rule;
            }
        }
        return null;
    }

    /** The line of the class that it is nested in, of its package, or of one above that. */
    private Rule enclosing(Reference reference) {
        String owner = reference.owner();
        for (int end = owner.lastIndexOf('$'); end > 0; end = owner.lastIndexOf('$', end - 1)) {
            Rule rule = find(owner.substring(0, end + 1) + "*", reference);
            if (rule != null) {
                return rule;
            }
        }
        String name = reference.packageName();
        Rule ofPackage = find(name + ".*", reference);
        if (ofPackage != null) {
            return ofPackage;
        }
        for (int end = name.length(); end > 0; end = name.lastIndexOf('.', end - 1)) {
            Rule rule = find(name.substring(0, end) + ".**", reference);
            if (rule != null) {
                return rule;
            }
        }
        return otherwise;
    }

    private @Nullable Rule find(String owner, Reference reference) {
        OwnerRules rules = owners.get(owner);
        return rules == null ? null : rules.find(reference);
    }

    /** The lines of one owner. */
    private static final class OwnerRules {

        private final Map<MemberPattern, Rule> members = new HashMap<>();
        private @Nullable Rule whole;

        void setWhole(Rule rule) {
            if (whole != null) {
                throw new IllegalArgumentException("two lines for the same class as a whole: " + rule);
            }
            whole = rule;
        }

        void add(MemberPattern pattern, Rule rule) {
            if (members.put(pattern, rule) != null) {
                throw new IllegalArgumentException("two lines for the same member " + pattern.name());
            }
        }

        @Nullable
        Rule find(Reference reference) {
            Rule named = named(reference);
            if (named == null && reference.member().equals(Reference.EXTENDS)) {
                named = named(Reference.type(reference.owner()));
            }
            return named == null ? whole : named;
        }

        @Nullable
        Rule named(Reference reference) {
            Rule found = null;
            int precision = -1;
            for (Map.Entry<MemberPattern, Rule> line : members.entrySet()) {
                MemberPattern pattern = line.getKey();
                if (pattern.precision() > precision && pattern.matches(reference.member(), reference.descriptor())) {
                    precision = pattern.precision();
                    found = line.getValue();
                }
            }
            return found;
        }
    }
}
