package dev.mortise.runtime.jvm.scan;

import dev.mortise.runtime.jvm.loading.VisiblePackages;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Answers for the references of one package what a table says about them. Its own classes are free as such; what they
 * inherit is not. The API is free, and so is what is neither here nor in the JDK: it is another plugin's, which has been
 * scanned with that, or it is nowhere. For use by one thread.
 */
final class ReferenceRules {

    private final RuleTable table;
    private final PackageClasses classes;
    private final Map<Reference, Rule> known = new HashMap<>();

    ReferenceRules(RuleTable table, PackageClasses classes) {
        this.table = table;
        this.classes = classes;
    }

    Rule of(Reference reference) {
        Rule rule = known.get(reference);
        if (rule == null) {
            rule = find(reference);
            known.put(reference, rule);
        }
        return rule;
    }

    private Rule find(Reference reference) {
        String name = reference.packageName();
        if (VisiblePackages.isApi(name)) {
            return Rule.FREE;
        }
        if (VisiblePackages.isPlatform(name)) {
            Rule rule = table.find(reference, parent -> classes.jdk().isSubclass(reference.owner(), parent));
            // A library may add classes to a package of the JDK; but where the JDK has the class, it is the JDK's.
            boolean added = !rule.isFree()
                    && classes.has(reference.owner())
                    && !classes.jdk().exists(reference.owner());
            return added ? ofOwn(reference) : rule;
        }
        return ofOwn(reference);
    }

    private Rule ofOwn(Reference reference) {
        if (!reference.isMember() || reference.isConstructor()) {
            return Rule.FREE;
        }
        Optional<ScannedClass> owner = classes.find(reference.owner());
        String key = reference.member() + reference.descriptor();
        if (owner.isEmpty() || owner.get().declared().contains(key)) {
            return Rule.FREE;
        }
        for (String parent : classes.ancestors(owner.get())) {
            if (VisiblePackages.isPlatform(new Reference(parent, "", "").packageName())) {
                Rule rule = of(new Reference(parent, reference.member(), reference.descriptor()));
                if (!rule.isFree()) {
                    return rule;
                }
            }
        }
        return Rule.FREE;
    }
}
